import { auditServer } from 'graphql-http';
import { expect, test } from 'vitest';
import { runShop } from './testing/shapes.ts';
import { TestShop } from './testing/test-shop.ts';

test('GraphQL over HTTP is spoken as its specification has it: every audit of graphql-http passes, what SHOULD and MAY be too', async () => {
  const running = await runShop('local', new TestShop());
  const results = await auditServer({ url: `${running.url}/graphql`, fetchFn: fetch });
  await running.close();
  const short = results
    .filter(({ status }) => status !== 'ok')
    .map(({ name, status, ...rest }) => `${status}: ${name} ${'reason' in rest ? rest.reason : ''}`);
  expect(short).toEqual([]);
  expect(results.length).toBeGreaterThan(60);
});

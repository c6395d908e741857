import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { manifestOf } from './manifest.ts';

test("operations are listed by the hash of their text, in Apollo's format; fragments are not", () => {
  const query = '\n    query Shop($a: ID) { shop { name } }\n    fragment F on Shop { name }';
  const live = 'subscription Live { ticks }';
  expect(manifestOf(['fragment F on Shop { name }', query, live])).toEqual({
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: [
      { id: createHash('sha256').update(live).digest('hex'), name: 'Live', type: 'subscription', body: live },
      { id: createHash('sha256').update(query).digest('hex'), name: 'Shop', type: 'query', body: query },
    ],
  });
});

import type { ExecutionResult } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Context } from '#platform/graphql/context.ts';
import type { SubgraphTransport } from '#platform/transport/transport.ts';
import { stockLow } from '#subgraphs/inventory/contracts/inventory.events.ts';
import { openTestDatabase } from '#tests/test-database.ts';
import { database } from '../database.ts';
import { sendLowStock } from './send-low-stock.listener.ts';

let close: () => Promise<void>;
beforeAll(async () => {
  close = await openTestDatabase(database);
});
afterAll(() => close());

const LAMP = { title: 'Brass lamp', options: [{ name: 'Size', value: 'Large' }] };

const transport: SubgraphTransport = {
  query: async (_subgraph, { variables }): Promise<ExecutionResult> => ({
    data: {
      variantsForSale: (variables as { ids: string[] }).ids.map((id) => (id === 'var_lamp' ? LAMP : null)),
    },
  }),
  subscribe: () => () => undefined,
  close: async () => undefined,
};
const context = () => new Context('notifications', transport, { viewer: null, caller: 'notifications' });

test('12: staff get one mail each time that stock falls to its threshold, however often the job runs', async () => {
  const events = [
    stockLow({ variantId: 'var_lamp', available: 5, threshold: 5 }),
    stockLow({ variantId: 'var_lamp', available: -2, threshold: 0 }),
    stockLow({ variantId: 'var_gone', available: 0, threshold: 3 }),
  ];
  for (const event of events) {
    await Promise.all([1, 2, 3].map(() => sendLowStock.handle([event] as never, context())));
  }
  const mails = await database.prisma.mail.findMany({ orderBy: { sentAt: 'asc' } });
  expect(mails.map(({ kind, to, subject, text }) => [kind, to, subject, text.split('\n\n')[0]])).toEqual([
    ['low-stock', 'staff@souk.test', 'Low stock: Brass lamp (Large)', '5 of Brass lamp (Large) left'],
    ['low-stock', 'staff@souk.test', 'Low stock: Brass lamp (Large)', 'Brass lamp (Large) is sold out'],
    ['low-stock', 'staff@souk.test', 'Low stock: var_gone', 'var_gone is sold out'],
  ]);
  expect(mails[1]?.text).toContain('2 are ordered that are not there yet.');
});

import type { Step } from '#platform/saga/saga.ts';
import { codesRelease } from '#subgraphs/pricing/contracts/codes.ts';
import { database } from '../database.ts';
import type { CancelState } from './cancel-state.ts';

/** Its discount codes can be used again; most orders have none. */
export const releaseCodes: Step<CancelState> = {
  name: 'release-codes',
  joins: true,
  async do({ orderId, context }) {
    const [order] = await holdsCodes(orderId);
    if (order) await context.ask(codesRelease, { orderId });
  },
};

const holdsCodes = database.statement(
  'orders.holds-codes',
  `SELECT id FROM orders WHERE id = $1 AND discount_codes <> '{}'`,
);

/**
 * The accounts between which an order's money moves, as the shop sees it:
 *
 *     customer   what customers gave, negative: they hold what is not on the other three
 *     held       authorized at the provider and not taken
 *     clearing   taken: captured less what goes back; what the provider owes the shop
 *     returning  on its way back, until the provider says that it arrived
 *
 * Each movement takes from one and gives to another the same amount, in the statement that makes it true: so every movement
 * and the whole ledger sum to zero. Of a payment, `captured` is what was ever captured and `captured - refunded` is
 * what stands on `clearing`.
 */
export const MOVEMENTS = {
  authorize: { from: 'customer', to: 'held' },
  release: { from: 'held', to: 'customer' },
  capture: { from: 'held', to: 'clearing' },
  refund: { from: 'clearing', to: 'returning' },
  refunded: { from: 'returning', to: 'customer' },
  'refund-failed': { from: 'returning', to: 'clearing' },
  /** A refund that had arrived, and that the customer's bank sent back. */
  'refund-returned': { from: 'customer', to: 'clearing' },
} as const;

interface Movement {
  /** The rows that a part of the same statement made, with `id`, the payment's. */
  readonly rows: string;
  readonly kind: keyof typeof MOVEMENTS;
  readonly number: string;
  readonly amount: string;
  readonly where?: string;
}

/** The part of a statement that books movements, two rows each. SQL of ours goes in, never a value. */
export const bookSql = (...movements: readonly Movement[]): string =>
  `INSERT INTO ledger_entry (payment_id, movement, account, kind, amount) ${movements.map(sidesSql).join(' UNION ALL ')}`;

const sidesSql = ({ rows, kind, number, amount, where = 'true' }: Movement): string =>
  `SELECT ${rows}.id, ${number}, side.account, '${kind}', side.sign * ${amount}
   FROM ${rows}, (VALUES ('${MOVEMENTS[kind].to}', 1), ('${MOVEMENTS[kind].from}', -1)) AS side(account, sign) WHERE ${where}`;

/** What a payment is by what was captured and what went back of it; SQL. */
export const paidStatusSql = (captured: string, refunded: string): string =>
  `CASE WHEN ${refunded} = 0 THEN 'PAID' WHEN ${refunded} < ${captured} THEN 'PARTIALLY_REFUNDED' ELSE 'REFUNDED' END`;

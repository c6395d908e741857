import { newId } from '#platform/database/id.ts';
import { type Money, money } from '#platform/money/money.ts';
import { database } from '../database.ts';
import type {
  Authorization,
  PaymentProvider,
  ProviderEntry,
  ProviderPayment,
  ProviderRefund,
} from '../provider/payment-provider.ts';
import { giftCodeHash } from './gift-code.ts';

export const GIFT_CARD = 'gift-card';

interface Use {
  id: string;
  key: string;
  status: 'HELD' | 'CAPTURED' | 'VOIDED' | 'DECLINED';
  amount: bigint;
  refunded: bigint;
  currency: string;
  created_at: Date;
}

const STATUS = { HELD: 'AUTHORIZED', CAPTURED: 'CAPTURED', VOIDED: 'VOIDED', DECLINED: 'DECLINED' } as const;
const DECLINED = {
  code: 'gift_card_changed',
  message: 'Somebody has just used this gift card. Look at its balance again.',
};

const toPayment = (use: Use): ProviderPayment => ({
  ref: use.id,
  key: use.key,
  status: STATUS[use.status],
  amount: money(use.amount, use.currency),
  captured: use.status === 'CAPTURED' ? use.amount : 0n,
  refunded: use.refunded,
  createdAt: use.created_at,
  nextAction: null,
  refusal: use.status === 'DECLINED' ? DECLINED : null,
});

const USES = 'SELECT u.*, c.currency FROM gift_use u JOIN gift_card c ON c.id = u.card_id';
const byId = database.statement<Use>('payments.gift-use', `${USES} WHERE u.id = $1`);
const byKey = database.statement<Use>('payments.gift-use-by-key', `${USES} WHERE u.key = $1`);

/**
 * Gift cards as a provider of payments: what a card pays of an order is a payment like any other, so that ledger, refunds,
 * giving up and the auditor know it. Each write holds its own condition: a balance is never spent twice or below 0.
 */
export const giftCardProvider: PaymentProvider = {
  name: GIFT_CARD,
  publishableKey: null,
  // It is in our own database: what is not there when it is looked for was never committed, or will be found by its key.
  certainAfterMs: 60_000,
  authorize,
  async retrieve(ref) {
    return toPayment(found(await byId(ref), ref));
  },
  async find(key) {
    const [use] = await byKey(key);
    return use ? toPayment(use) : null;
  },
  async capture(ref) {
    await take(ref);
    return toPayment(found(await byId(ref), ref));
  },
  async void(ref) {
    await letGo(ref);
    return toPayment(found(await byId(ref), ref));
  },
  refund,
  // Nobody tells us of our own cards, and there are no other books to compare with.
  webhook: () => ({ refused: 'malformed' }),
  async *reconcile(): AsyncIterable<ProviderEntry> {},
};

/** Noted first, under its key; whoever notes it takes it from the balance, where there is enough. */
async function authorize({ key, token, amount }: Authorization): Promise<ProviderPayment> {
  const id = newId('use');
  await database.transaction(async (client) => {
    const noted = await client.query<{ card_id: string }>(
      `INSERT INTO gift_use (id, key, card_id, status, amount) SELECT $1, $2, id, 'HELD', $3 FROM gift_card WHERE code_hash = $4 AND currency = $5
       ON CONFLICT (key) DO NOTHING RETURNING card_id`,
      [id, key, amount.minor.toString(), giftCodeHash(token), amount.currency],
    );
    const [use] = noted.rows;
    if (!use) return;
    const taken = await client.query('UPDATE gift_card SET balance = balance - $2 WHERE id = $1 AND balance >= $2', [
      ...[use.card_id, amount.minor.toString()],
    ]);
    if (taken.rowCount === 0) await client.query(`UPDATE gift_use SET status = 'DECLINED' WHERE id = $1`, [id]);
  });
  return toPayment(found(await byKey(key), key));
}

const take = database.statement(
  'payments.gift-capture',
  `UPDATE gift_use SET status = 'CAPTURED' WHERE id = $1 AND status = 'HELD'`,
);

const letGo = database.statement(
  'payments.gift-void',
  `WITH u AS (UPDATE gift_use SET status = 'VOIDED' WHERE id = $1 AND status = 'HELD' RETURNING card_id, amount)
   UPDATE gift_card SET balance = balance + u.amount FROM u WHERE gift_card.id = u.card_id`,
);

async function refund(ref: string, amount: Money, key: string): Promise<ProviderRefund> {
  const went = await database.transaction(async (client) => {
    const noted = await client.query(
      'INSERT INTO gift_refund (key, use_id, amount) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING key',
      [key, ref, amount.minor.toString()],
    );
    if (noted.rowCount === 0) return true;
    const back = await client.query(
      `WITH u AS (UPDATE gift_use SET refunded = refunded + $2 WHERE id = $1 AND status = 'CAPTURED' AND refunded + $2 <= amount RETURNING card_id)
       UPDATE gift_card SET balance = balance + $2 FROM u WHERE gift_card.id = u.card_id`,
      [ref, amount.minor.toString()],
    );
    if (back.rowCount === 0) await client.query('DELETE FROM gift_refund WHERE key = $1', [key]);
    return back.rowCount !== 0;
  });
  return {
    ...{ ref: went ? key : null, key, paymentRef: ref, amount, createdAt: new Date() },
    status: went ? 'SUCCEEDED' : 'FAILED',
    refusal: went ? null : { code: 'refund_refused', message: 'More than the card paid cannot go back to it.' },
  };
}

function found([use]: readonly Use[], what: string): Use {
  if (!use) throw new Error(`There is no use of a gift card ${what}.`);
  return use;
}

import { type ExportedKind, exported, inDecimals } from '#platform/subgraph/export.ts';
import { database } from './database.ts';

interface Payment {
  readonly currency: string;
  readonly amount: bigint;
  readonly captured: bigint;
  readonly refunded: bigint;
  readonly ledger: readonly { readonly amount: string }[];
  readonly refunds: readonly { readonly amount: string }[];
}

interface GiftCard {
  readonly currency: string;
  readonly amount: bigint;
  readonly balance: bigint;
  readonly taken: bigint;
  readonly uses: readonly Record<'amount' | 'refunded', string>[];
}

/** Payments with their ledger and refunds, and gift cards by their endings: codes are kept nowhere, and their hashes stay. */
export const EXPORTED_KINDS: readonly ExportedKind[] = [
  exported<Payment>(
    'payments',
    database,
    `SELECT p.id AS key, p.id, p.order_id AS "orderId", p.provider, p.provider_ref AS "providerRef", p.status, p.amount, p.captured,
         p.refunded, p.currency, p.voided, p.created_at AS "createdAt", p.updated_at AS "updatedAt",
         (SELECT coalesce(json_agg(json_build_object('movement', l.movement, 'account', l.account, 'kind', l.kind,
             'amount', l.amount::text, 'at', l.at) ORDER BY l.movement, l.account), '[]')
           FROM ledger_entry l WHERE l.payment_id = p.id) AS ledger,
         (SELECT coalesce(json_agg(json_build_object('id', r.id, 'status', r.status, 'amount', r.amount::text, 'reason', r.reason,
             'providerRef', r.provider_ref, 'createdAt', r.created_at) ORDER BY r.created_at, r.id), '[]')
           FROM refund r WHERE r.order_id = p.order_id AND r.payment_id = p.id) AS refunds
       FROM payment p WHERE p.id > $1 ORDER BY p.id LIMIT $2::int`,
    (payment) => ({
      ...inDecimals(payment, payment.currency, ['amount', 'captured', 'refunded']),
      ledger: payment.ledger.map((entry) => inDecimals(entry, payment.currency, ['amount'])),
      refunds: payment.refunds.map((refund) => inDecimals(refund, payment.currency, ['amount'])),
    }),
  ),
  exported<GiftCard>(
    'gift-cards',
    database,
    `SELECT c.id AS key, c.id, c.ending, c.currency, c.amount, c.balance, c.taken, c.order_id AS "orderId", c.line_id AS "lineId",
         c.note, c.issued_by AS "issuedBy", c.created_at AS "createdAt",
         (SELECT coalesce(json_agg(json_build_object('status', u.status, 'amount', u.amount::text, 'refunded', u.refunded::text,
             'createdAt', u.created_at) ORDER BY u.created_at, u.id), '[]') FROM gift_use u WHERE u.card_id = c.id) AS uses
       FROM gift_card c WHERE c.id > $1 ORDER BY c.id LIMIT $2::int`,
    (card) => ({
      ...inDecimals(card, card.currency, ['amount', 'balance', 'taken']),
      uses: card.uses.map((use) => inDecimals(use, card.currency, ['amount', 'refunded'])),
    }),
  ),
];

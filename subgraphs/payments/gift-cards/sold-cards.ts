import type pg from 'pg';
import { outboxColumns } from '#platform/outbox/announce.ts';
import { consumersOf } from '#platform/outbox/routes.ts';
import { type GiftCardLine, giftCardIssued, orderGiftCardsIssued } from '../contracts/gift-cards.ts';
import { giftCode, giftCodeHash } from './gift-code.ts';

/** An order's gift cards as they are to be. */
export interface CardsOfOrder {
  readonly orderId: string;
  readonly currency: string;
  readonly lines: readonly GiftCardLine[];
}

/** How many cards one statement writes. */
const AT_ONCE = 500;

/**
 * Makes sure that an order's cards exist, one a unit, whoever asks how often: their ids and codes follow from the line and
 * the unit. They are announced by `tell` alone.
 */
export async function makeCards(client: pg.PoolClient, { orderId, currency, lines }: CardsOfOrder): Promise<void> {
  const cards = lines.flatMap(({ lineId, quantity, unitMinor }) =>
    Array.from({ length: quantity }, (_, i) => cardOf(lineId, i + 1, unitMinor)),
  );
  // In the order of their ids, so that who makes and who takes them never wait for each other crosswise.
  cards.sort((a, b) => (a.id < b.id ? -1 : 1));
  for (let from = 0; from < cards.length; from += AT_ONCE) {
    const some = cards.slice(from, from + AT_ONCE);
    await client.query(MAKE, [
      ...[orderId, currency, some.map(({ id }) => id), some.map(({ code }) => giftCodeHash(code))],
      ...[some.map(({ code }) => code.slice(-4)), some.map(({ unitMinor }) => unitMinor)],
      ...[some.map(({ key }) => key), some.map(({ lineId }) => lineId), some.map(({ unit }) => unit)],
    ]);
  }
}

function cardOf(lineId: string, unit: number, unitMinor: string) {
  const key = `${lineId}/${unit}`;
  return { id: `gift_${lineId.replace(/^line_/, '')}_${unit}`, key, code: giftCode(key), lineId, unit, unitMinor };
}

/** Announces those of an order's cards that stand and were not announced: each is mailed, and orders hears of them all. */
export async function tellCards(
  client: pg.PoolClient,
  { orderId, number, email }: { orderId: string; number: string; email: string },
): Promise<void> {
  const message = `Bought with order ${number}. To give it away, pass this mail on.`;
  await client.query(TELL, [orderId, email, message, giftCardIssued.topic, consumersOf(giftCardIssued.topic)]);
  await client.query(
    'INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])',
    outboxColumns(orderGiftCardsIssued({ orderId })),
  );
}

const MAKE = `INSERT INTO gift_card (id, code_hash, ending, currency, amount, balance, issue_key, issued_by, order_id, line_id, unit, told)
  SELECT c.id, c.hash, c.ending, $2, c.amount, c.amount, c.key, $1, $1, c.line_id, c.unit, false
  FROM unnest($3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::text[], $9::int[])
    AS c(id, hash, ending, amount, key, line_id, unit)
  ON CONFLICT (id) DO NOTHING`;

const TELL = `WITH c AS (
    UPDATE gift_card SET told = true WHERE order_id = $1 AND NOT told AND taken_for IS NULL RETURNING id)
  INSERT INTO outbox (id, topic, consumer, payload)
  SELECT 'evt_' || replace(gen_random_uuid()::text, '-', '') || '-' || consumer, $4, consumer,
    jsonb_build_object('giftCardId', c.id, 'email', $2::text, 'message', $3::text)
  FROM c, unnest($5::text[]) AS consumer`;

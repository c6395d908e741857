import type { PoolClient } from 'pg';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { live } from '#platform/live/live.ts';
import { changeableOrder } from '../confirm-order-payment.ts';
import { database } from '../database.ts';
import type { Return } from '../order.type.ts';
import { ReturnPayload } from '../order-error.type.ts';
import { changeOrder, type LockedOrder, lockOrder } from '../order-history.ts';
import { keyConflict, noSuchLine, tooMany, unitsAway } from '../refunds/begin-refund.ts';
import { hashOf } from '../refunds/refund-order.ts';
import { checkedUnits, UnitsInput } from '../refunds/units.input.ts';
import { requireKey, writtenText } from '../rules/written-text.ts';
import { shownReturn } from './return.records.ts';

@InputType()
export class ReturnRequestInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => String, { nullable: true })
  accessToken?: string | null;

  @Field(() => [UnitsInput])
  lines!: UnitsInput[];

  @Field(() => String)
  reason!: string;

  @Field(() => String)
  idempotencyKey!: string;
}

@Resolver()
export class RequestReturn {
  @Mutation(() => ReturnPayload)
  returnRequest(
    @Arg('input', () => ReturnRequestInput) input: ReturnRequestInput,
    @Ctx() context: Context,
  ): Promise<ReturnPayload> {
    return payload(() => requestReturn(context, input)) as Promise<ReturnPayload>;
  }
}

/** Units that have left are to come back, each once. The same key answers with the same return. */
export async function requestReturn(context: Context, input: ReturnRequestInput): Promise<{ return: Return }> {
  const key = requireKey(input.idempotencyKey);
  const { id: orderId } = await changeableOrder(context, input.orderId, input.accessToken);
  const lines = checkedUnits(input.lines, { least: 1 });
  const reason = writtenText(input.reason);
  const requestHash = hashOf([lines, reason]);
  const returnId = await database.transaction(async (client) => {
    const order = await lockOrder(client, orderId);
    const known = await client.query<{ id: string; request_hash: string }>(
      'SELECT id, request_hash FROM order_return WHERE order_id = $1 AND key = $2',
      [orderId, key],
    );
    const [bound] = known.rows;
    if (bound && bound.request_hash !== requestHash) throw keyConflict();
    if (bound) return bound.id;
    requireLeft(order);
    await claimUnits(client, order, orderId, lines);
    const id = newId('ret');
    await client.query(
      `INSERT INTO order_return (id, order_id, key, request_hash, status, reason) VALUES ($1, $2, $3, $4, 'REQUESTED', $5)`,
      [id, orderId, key, requestHash, reason],
    );
    await client.query(
      'INSERT INTO order_return_line (return_id, line_id, quantity) SELECT $1, * FROM unnest($2::text[], $3::int[])',
      [id, lines.map(({ lineId }) => lineId), lines.map(({ quantity }) => quantity)],
    );
    const units = lines.reduce((sum, { quantity }) => sum + quantity, 0);
    const message = `Return requested: ${units} ${units === 1 ? 'item' : 'items'}`;
    await changeOrder(client, orderId, { type: 'return.requested', message, hasReturns: true });
    return id;
  });
  live.publish(`order:${orderId}`);
  return { return: await shownReturn(returnId) };
}

function requireLeft({ status, fulfillment_status }: LockedOrder): void {
  if (status !== 'CANCELLED' && fulfillment_status !== 'UNFULFILLED') return;
  const sentence =
    status === 'CANCELLED' ? 'This order is cancelled.' : 'Nothing of this order has left yet; cancel it instead.';
  throw new Refusal('INVALID_TRANSITION', sentence, { path: ['input', 'orderId'] });
}

/** The order is locked: nobody else claims units of it meanwhile. */
async function claimUnits(
  client: PoolClient,
  order: LockedOrder,
  orderId: string,
  lines: readonly { lineId: string; quantity: number }[],
): Promise<void> {
  for (const [i, { lineId, quantity }] of lines.entries()) {
    const { rows } = await client.query<{ quantity: number; shipped: number; returned: number; gift_card: boolean }>(
      'SELECT quantity, shipped, returned, gift_card FROM order_line WHERE id = $1 AND order_id = $2',
      [lineId, orderId],
    );
    if (!rows[0]) throw noSuchLine(i);
    if (rows[0].gift_card)
      throw tooMany(i, 'A gift card is not sent back: ask the shop to refund what is left on it.', 0);
    const away = unitsAway(order, rows[0]);
    if (quantity > away) throw tooMany(i, `Only ${Math.max(0, away)} of these can be sent back.`, away);
    await client.query('UPDATE order_line SET returned = returned + $2 WHERE id = $1', [lineId, quantity]);
  }
}

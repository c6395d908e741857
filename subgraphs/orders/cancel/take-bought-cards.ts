import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { giftCardsReturn, giftCardsTake } from '#subgraphs/payments/contracts/gift-cards.ts';
import { loadOrders, type OrderRecord } from '../order.records.ts';

/** Takes back all gift cards that an order bought, or refuses: of a spent one the money is gone. Asks nobody where it has none. */
export async function takeBoughtCards(context: Context, orderId: string): Promise<void> {
  const order = await withCards(orderId);
  if (!order) return;
  const lines = order.lines
    .filter((line) => line.gift_card)
    .map((line) => ({
      ...{ lineId: line.id, quantity: line.quantity, unitMinor: line.unit_price },
      take: line.quantity - line.refunded,
    }));
  const expected = lines.reduce((sum, { unitMinor, take }) => sum + BigInt(unitMinor) * BigInt(take), 0n);
  const input = { orderId, takeId: orderId, currency: order.currency, lines };
  const { giftCardsTake: answer } = await context.ask(giftCardsTake, {
    input: { ...input, expectedMinor: `${expected}`, untouched: true },
  });
  if (answer.taken) return;
  throw new Refusal(
    'INVALID_TRANSITION',
    'A gift card of this order is spent, so it cannot be cancelled whole: ask the shop to refund the rest.',
    { path: ['input', 'orderId'] },
  );
}

/** The order stands after all, and so do its cards. */
export async function returnBoughtCards(context: Context, orderId: string): Promise<void> {
  const order = await withCards(orderId);
  if (!order) return;
  const input = { orderId, takeId: orderId, number: order.number, email: order.email };
  await context.ask(giftCardsReturn, { input });
}

async function withCards(orderId: string): Promise<OrderRecord | null> {
  const [order] = await loadOrders([orderId]);
  return order?.lines.some((line) => line.gift_card) ? order : null;
}

import type { Context } from '#platform/graphql/context.ts';
import { stockAwaited } from '#subgraphs/inventory/contracts/stock.ts';
import { consign } from '../carriers/choose-carrier.ts';
import { shippingConfig } from '../config.ts';
import { type Awaited, sendableOf } from '../rules/rest-of-order.ts';
import type { Dispatch } from './dispatch.ts';

/** What these orders wait for, as inventory says; one that waits for nothing is missing. Nobody is asked of none. */
export async function goodsAwaited(context: Context, orderIds: readonly string[]): Promise<Map<string, Awaited[]>> {
  const byOrder = new Map<string, Awaited[]>();
  if (orderIds.length === 0) return byOrder;
  for (const { orderId, ...goods } of (await context.ask(stockAwaited, { orderIds: [...orderIds] })).stockAwaited)
    byOrder.set(orderId, [...(byOrder.get(orderId) ?? []), goods]);
  return byOrder;
}

/** Makes a parcel of what is there and in none, where that is automatic and nothing holds the order. */
export async function sendWhatIsThere(dispatch: Dispatch): Promise<void> {
  const { row } = dispatch;
  if (!shippingConfig.isAutomatic || !row.paid || row.stopped || row.heldBy !== null) return;
  const lines = sendableOf(await dispatch.lines());
  if (lines.length > 0) await dispatch.make(lines, consign(row.country, row.city));
}

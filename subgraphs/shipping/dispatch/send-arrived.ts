import type { Context } from '#platform/graphql/context.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { database } from '../database.ts';
import { awaitedByLine, type LineToSend } from '../rules/rest-of-order.ts';
import { changeDispatch } from './dispatch.ts';
import { goodsAwaited, sendWhatIsThere } from './goods-awaited.ts';

const EVERY_MS = 5_000;
const PAGE = 200;

/** Sends what orders waited for once it has come. Where none waits, which is usual, it is a look at an empty index. */
export function startSendingArrived(contextFor: () => Context): Running {
  let after = '';
  return every(EVERY_MS, 'The sending of what has come', async () => {
    const page = await sendArrived(contextFor(), after);
    after = page.length === PAGE ? page.at(-1)! : '';
    return after !== '';
  });
}

/** One page of the orders that wait, from an order on; answers which they were. Several senders never send a line twice. */
export async function sendArrived(context: Context, after = ''): Promise<string[]> {
  const waiting = (await waitingOrders(after, PAGE)).map(({ order_id }) => order_id);
  if (waiting.length === 0) return waiting;
  const before = new Map(
    (await waitingLines(waiting)).map(({ order_id, line_id, awaited }) => [`${order_id} ${line_id}`, awaited]),
  );
  const goods = await goodsAwaited(context, waiting);
  for (const orderId of waiting) {
    await changeDispatch(orderId, async (dispatch) => {
      const lines = await dispatch.lines();
      const isAsRead = lines.every(({ lineId, awaited }) => (before.get(`${orderId} ${lineId}`) ?? 0) === awaited);
      // An edit that was written meanwhile knows better than what was answered before it.
      if (!isAsRead) return;
      const still = goods.get(orderId) ?? [];
      if (!isLess(lines, awaitedByLine(lines, still))) return;
      await dispatch.wait(still);
      await sendWhatIsThere(dispatch);
    });
  }
  return waiting;
}

const isLess = (lines: readonly LineToSend[], still: ReadonlyMap<string, number>): boolean =>
  lines.some(({ lineId, awaited }) => (still.get(lineId) ?? 0) < awaited);

const waitingOrders = database.statement<{ order_id: string }>(
  'shipping.waiting-orders',
  'SELECT DISTINCT order_id FROM dispatch_line WHERE awaited > 0 AND order_id > $1 ORDER BY order_id LIMIT $2',
);

const waitingLines = database.statement<{ order_id: string; line_id: string; awaited: number }>(
  'shipping.waiting-lines',
  'SELECT order_id, line_id, awaited FROM dispatch_line WHERE awaited > 0 AND order_id = ANY($1::text[])',
);

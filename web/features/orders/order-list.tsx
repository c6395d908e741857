import Link from 'next/link';
import { LocalTime } from '#design/local-time.tsx';
import { formatMoney } from '#design/money.ts';
import type { OrderCardFragment } from '#generated/graphql.ts';
import { orderPath } from './order-cookies.ts';
import { isFinal, presentWords } from './order-steps.ts';
import { LinePicture } from './order-summary.tsx';

const PICTURES = 4;

/** What was bought before, the newest first. */
export function OrderList({ orders }: { orders: readonly OrderCardFragment[] }) {
  return (
    <ul className="divide-y divide-line border-line border-y">
      {orders.map((order) => (
        <li key={order.id} className="group relative flex flex-wrap items-center gap-x-5 gap-y-3 py-4">
          <div className="flex gap-1.5">
            {order.lines.slice(0, PICTURES).map((line) => (
              <LinePicture key={line.id} url={line.imageUrl} />
            ))}
          </div>
          <div className="min-w-40 flex-1">
            <Link
              href={orderPath(order.id)}
              prefetch={false}
              className="font-medium after:absolute after:inset-0 group-hover:text-indigo"
            >
              Order {order.number}
            </Link>
            <p className="text-muted text-small">
              <LocalTime at={order.placedAt} as="day" />, {order.lines.map(({ title }) => title).join(', ')}
            </p>
          </div>
          <p className="flex items-center gap-2 text-small">
            {!isFinal(order.status) && <span className="size-2.5 rounded-full bg-saffron" />}
            {presentWords(order.status).title}
          </p>
          <p className="money w-24 text-right text-small">{formatMoney(order.cost.total)}</p>
        </li>
      ))}
    </ul>
  );
}

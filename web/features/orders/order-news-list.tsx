import { LocalTime } from '#design/local-time.tsx';
import type { OrderViewFragment } from '#generated/graphql.ts';
import { orderNews } from './order-news.ts';

/** What else happened to the order; nothing when it simply went its way. */
export function OrderNewsList({ order }: { order: OrderViewFragment }) {
  const news = orderNews(order.history);
  if (news.length === 0) return null;
  return (
    <section className="mt-10" aria-labelledby="news">
      <h2 id="news" className="mb-3 text-lead">
        What happened
      </h2>
      <ol className="space-y-1.5 text-small">
        {news.map(({ type, message, at }) => (
          <li key={`${type} ${at}`} className="flex gap-4">
            <LocalTime at={at} as="day" className="shrink-0 text-muted tabular-nums" />
            <span>{message}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

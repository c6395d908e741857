import type { OrderViewFragment } from '#generated/graphql.ts';
import { presentWords } from './order-steps.ts';

/** Where the order stands, as a headline that is also read aloud when it changes. */
export function PresentStatus({ order }: { order: OrderViewFragment }) {
  const { title, words } = presentWords(order.status, order);
  return (
    <div>
      <p className="text-muted text-small">
        Order <span className="tabular-nums">{order.number}</span>
      </p>
      <h1 className="sr-only">Your order {order.number}</h1>
      <div role="status" aria-live="polite" aria-atomic="true" className="mt-1.5">
        <p key={title} className="animate-arrive font-display font-semibold text-display tracking-tight">
          {title}
        </p>
        <p className="mt-2 max-w-[50ch] text-muted">{words}</p>
      </div>
    </div>
  );
}

import { LocalTime } from '#design/local-time.tsx';
import type { OrderViewFragment, ReturnStatus } from '#generated/graphql.ts';

const WORDS: Record<ReturnStatus, { title: string; words: string }> = {
  REQUESTED: { title: 'Asked for', words: 'We look at it and write to you.' },
  APPROVED: { title: 'Approved', words: 'Please send it back, with the order’s number in the parcel.' },
  REJECTED: { title: 'Turned down', words: 'What happened below says why.' },
  RECEIVED: { title: 'Arrived', words: 'The things are back with us. Your money comes next.' },
  REFUNDED: { title: 'Paid back', words: 'The money is on its way to what you paid with.' },
};

/** What is on its way back, and how far each return has come. */
export function ReturnsList({ returns }: { returns: OrderViewFragment['returns'] }) {
  if (returns.length === 0) return null;
  return (
    <section className="rounded-card border border-line bg-card p-6" aria-labelledby="returns">
      <h2 id="returns" className="mb-4 text-lead">
        {returns.length === 1 ? 'Your return' : 'Your returns'}
      </h2>
      <ul className="divide-y divide-line">
        {returns.map(({ id, status, requestedAt, lines }) => (
          <li key={id} className="py-3 text-small first:pt-0 last:pb-0" data-testid="return">
            <p className="flex items-baseline justify-between gap-4">
              <span className="font-medium">{WORDS[status].title}</span>
              <LocalTime at={requestedAt} as="day" className="text-muted tabular-nums" />
            </p>
            <p className="mt-0.5">{lines.map(({ line, quantity }) => `${quantity} × ${line.title}`).join(', ')}</p>
            <p className="mt-0.5 text-muted">{WORDS[status].words}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

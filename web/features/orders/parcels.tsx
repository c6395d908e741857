import { LocalTime } from '#design/local-time.tsx';
import type { OrderViewFragment } from '#generated/graphql.ts';
import { ParcelMap } from './parcel-map.tsx';

/** Where the parcels are: a drawing, and the same as a list of places and times. */
export function Parcels({ order }: { order: OrderViewFragment }) {
  const parcels = order.fulfillments?.filter(({ events }) => events.length > 0) ?? [];
  return parcels.map((parcel, index) => (
    <section key={parcel.id} className="mt-10 animate-arrive" aria-labelledby={`parcel-${index}`}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={`parcel-${index}`} className="text-lead">
          {parcels.length > 1 ? `Parcel ${index + 1} of ${parcels.length}` : 'Where it is'}
        </h2>
        <Tracking parcel={parcel} />
      </div>
      {parcels.length > 1 && <p className="mb-3 text-small">{contents(parcel, order)}</p>}
      <ParcelMap fulfillment={parcel} delivered={parcel.status === 'DELIVERED'} />
      <ol className="mt-4 space-y-1.5 text-small">
        {parcel.events.toReversed().map((event) => (
          <li key={`${event.at} ${event.message}`} className="flex gap-4 first:font-medium not-first:text-muted">
            <LocalTime at={event.at} as="time" className="tabular-nums" />
            <span>{[event.message, event.place].filter(Boolean).join(', ')}</span>
          </li>
        ))}
      </ol>
    </section>
  ));
}

type Parcel = NonNullable<OrderViewFragment['fulfillments']>[number];

function Tracking({ parcel: { carrier, trackingNumber, trackingUrl } }: { parcel: Parcel }) {
  const words = [carrier, trackingNumber].filter(Boolean).join(' ');
  return (
    <p className="text-muted text-small tabular-nums">
      {trackingUrl ? (
        <a href={trackingUrl} target="_blank" rel="noreferrer" className="link">
          {words}
        </a>
      ) : (
        words
      )}
    </p>
  );
}

/** "2 × Cup, 1 × Rug": what is in this parcel, where there are several. */
function contents({ lines }: Parcel, order: OrderViewFragment): string {
  const titles = new Map(order.lines.map(({ id, title }) => [id, title]));
  return lines.map(({ line, quantity }) => `${quantity} × ${titles.get(line?.id ?? '') ?? 'something'}`).join(', ');
}

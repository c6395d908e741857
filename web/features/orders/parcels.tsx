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
        <p className="text-muted text-small tabular-nums">
          {[parcel.carrier, parcel.trackingNumber].filter(Boolean).join(' ')}
        </p>
      </div>
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

import { LocalTime } from '#design/local-time.tsx';
import type { OrderViewFragment } from '#generated/graphql.ts';
import { goingParcels, type Parcel, stillToCome } from './parcel-list.ts';
import { ParcelMap } from './parcel-map.tsx';

/** Where the parcels are: a drawing, and the same as a list of places and times. */
export function Parcels({ order }: { order: OrderViewFragment }) {
  const parcels = goingParcels(order.fulfillments).filter(({ events }) => events.length > 0);
  return (
    <>
      {parcels.map((parcel, index) => (
        <ParcelWay key={parcel.id} parcel={parcel} number={index + 1} of={parcels.length} order={order} />
      ))}
      <StillToCome order={order} />
    </>
  );
}

interface ParcelWayProps {
  readonly parcel: Parcel;
  readonly number: number;
  readonly of: number;
  readonly order: OrderViewFragment;
}

function ParcelWay({ parcel, number, of, order }: ParcelWayProps) {
  return (
    <section className="mt-10 animate-arrive" aria-labelledby={`parcel-${number}`}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id={`parcel-${number}`} className="text-lead">
          {of > 1 ? `Parcel ${number} of ${of}` : 'Where it is'}
        </h2>
        <Tracking parcel={parcel} />
      </div>
      {of > 1 && <p className="mb-3 text-small">{contents(parcel, order)}</p>}
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
  );
}

/** What is not packed yet while the rest is: a shopper must not wonder whether it was forgotten. */
function StillToCome({ order }: { order: OrderViewFragment }) {
  const lines = order.status === 'CANCELLED' ? [] : stillToCome(order);
  if (lines.length === 0) return null;
  return (
    <section className="mt-10" aria-labelledby="later">
      <h2 id="later" className="text-lead">
        Still to come
      </h2>
      <p className="mt-1 text-small">{lines.map(({ title, quantity }) => `${quantity} × ${title}`).join(', ')}</p>
      <p className="mt-0.5 text-muted text-small">It follows in a parcel of its own as soon as we have it.</p>
    </section>
  );
}

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

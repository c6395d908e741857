import type { OrderViewFragment } from '#generated/graphql.ts';

export type Parcel = NonNullable<OrderViewFragment['fulfillments']>[number];
type Line = Pick<OrderViewFragment['lines'][number], 'id' | 'title' | 'quantity'>;
type Bought = Line & Pick<OrderViewFragment['lines'][number], 'isGiftCard'>;
type Told = {
  readonly fulfillments: readonly Pick<Parcel, 'status' | 'lines'>[] | null;
  readonly lines: readonly Bought[];
};

/** The parcels that go or went: one that was called off is not counted among them. */
export function goingParcels<P extends Pick<Parcel, 'status'>>(parcels: readonly P[] | null): readonly P[] {
  return parcels?.filter(({ status }) => status !== 'CANCELLED') ?? [];
}

/** What is in no parcel yet though another has been packed: it is awaited or waits to be packed, and comes later. */
export function stillToCome({ fulfillments, lines }: Told): readonly Line[] {
  const going = goingParcels(fulfillments);
  if (going.length === 0) return [];
  const packed = going.flatMap((parcel) => parcel.lines);
  return lines.flatMap((line) => {
    if (line.isGiftCard) return [];
    const quantity = packed.reduce(
      (left, { line: of, quantity }) => (of?.id === line.id ? left - quantity : left),
      line.quantity,
    );
    return quantity > 0 ? [{ id: line.id, title: line.title, quantity }] : [];
  });
}

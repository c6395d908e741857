import type { OrderViewFragment } from '#generated/graphql.ts';

type Line = Pick<OrderViewFragment['lines'][number], 'id' | 'title' | 'options' | 'quantity' | 'isGiftCard'>;
type Told = Pick<OrderViewFragment, 'status' | 'returns'> & { readonly lines: readonly Line[] };

export interface ReturnableLine {
  readonly id: string;
  /** With its options: two lines may be of the same product. */
  readonly title: string;
  /** How many of it are still with the shopper. */
  readonly most: number;
}

/** What can still be sent back: all that was delivered but for what is in a return that was not turned down. */
export function returnable({ status, lines, returns }: Told): readonly ReturnableLine[] {
  if (status !== 'DELIVERED') return [];
  const inReturns = returns.filter((each) => each.status !== 'REJECTED').flatMap((each) => each.lines);
  return lines.flatMap(({ id, title, options, quantity, isGiftCard }) => {
    if (isGiftCard) return [];
    const most = inReturns.reduce((left, taken) => (taken.line.id === id ? left - taken.quantity : left), quantity);
    return most > 0 ? [{ id, title: [title, ...options.map(({ value }) => value)].join(', '), most }] : [];
  });
}

/**
 * Names the intent to make the next return of an order: a double click, a reload and a lost answer name the same one, and it
 * needs to be unique within the order only.
 */
export function returnKey({ returns }: Pick<OrderViewFragment, 'returns'>): string {
  return `storefront return ${returns.length + 1}`;
}

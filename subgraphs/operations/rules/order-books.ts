import { parseDecimal } from '#platform/money/money.ts';

/** Something that must never be. */
export interface Found {
  readonly invariant: string;
  /** The id of what breaks it. */
  readonly subject: string;
  readonly detail: string;
}

/** An order by its own books. */
export interface OrderBook {
  readonly orderId: string;
  readonly status: string;
  readonly currency: string;
  /** A decimal. */
  readonly owed: string;
  /** The discount codes that made it cheaper; none once it is cancelled. */
  readonly codes: readonly string[];
  /** Whether it holds anything that lies in stock. */
  readonly hasGoods: boolean;
  /** How many gift cards of each of its lines must stand. */
  readonly giftCards: readonly { readonly lineId: string; readonly units: number }[];
  /** It is so old that inventory need not remember its goods. */
  readonly isOld: boolean;
  readonly cartId: string;
}

/** Gift cards of a line of an order. */
export interface CardsOfLine {
  readonly orderId: string;
  readonly lineId: string;
  readonly units: number;
}

/** The same order by the books of payments; decimals. */
export interface MoneyBook {
  readonly orderId: string;
  readonly currency: string;
  readonly authorized: string;
  readonly captured: string;
  readonly refunded: string;
}

/** And by those of inventory; `none` where it knows nothing of it, or not any more. */
export interface StockBook {
  readonly orderId: string;
  readonly state: string;
}

/** And by those of pricing: the codes it holds. */
export interface CodeBook {
  readonly orderId: string;
  readonly codes: readonly string[];
}

/** And by those of carts: what became of the cart that it was made of. One that was swept is missing. */
export interface CartBook {
  readonly cartId: string;
  readonly status: string;
  /** The order that holds or took it. */
  readonly orderId: string | null;
}

/** What the goods of an order may be, by what it is. */
const STOCK: Readonly<Record<string, readonly string[]>> = {
  CANCELLED: ['RELEASED', 'EXPIRED', 'none'],
  PENDING_PAYMENT: ['RESERVED', 'EXPIRED', 'none'],
  CONFIRMED: ['RESERVED', 'COMMITTED'],
  PREPARING: ['COMMITTED'],
  PARTIALLY_FULFILLED: ['COMMITTED'],
  SHIPPED: ['SHIPPED'],
  OUT_FOR_DELIVERY: ['SHIPPED'],
  DELIVERED: ['SHIPPED'],
  RETURNED: ['SHIPPED'],
};

/** Of an order of gift cards alone. */
const NO_STOCK = ['none', 'RELEASED'];

/** Orders of which nothing is under way, held against money and goods: what an order owes is what is held or kept of it. */
export function compareBooks(
  orders: readonly OrderBook[],
  moneyBooks: readonly MoneyBook[],
  stockBooks: readonly StockBook[],
  codeBooks: readonly CodeBook[],
  cartBooks: readonly CartBook[],
  cards: readonly CardsOfLine[],
): Found[] {
  const moneyOf = new Map(moneyBooks.map((book) => [book.orderId, book]));
  const stockOf = new Map(stockBooks.map((book) => [book.orderId, book.state]));
  const codesOf = new Map(codeBooks.map((book) => [book.orderId, book.codes]));
  const cartOf = new Map(cartBooks.map((book) => [book.cartId, book]));
  return orders.flatMap((order) => [
    ...wrongMoney(order, moneyOf.get(order.orderId)),
    ...wrongStock(order, stockOf.get(order.orderId) ?? 'none'),
    ...wrongCodes(order, codesOf.get(order.orderId) ?? []),
    ...wrongCart(order, cartOf.get(order.cartId)),
    ...wrongCards(
      order,
      cards.filter(({ orderId }) => orderId === order.orderId),
    ),
  ]);
}

/** Cards that were made for a line which no order has, or more of them than it bought. */
export const cardsWithoutLine = (made: readonly CardsOfLine[], lines: readonly CardsOfLine[]): Found[] => {
  const bought = new Map(lines.map(({ orderId, lineId, units }) => [`${orderId} ${lineId}`, units]));
  return made.flatMap(({ orderId, lineId, units }) => {
    const most = bought.get(`${orderId} ${lineId}`) ?? 0;
    if (units <= most) return [];
    return [{ invariant: 'gift-cards', subject: orderId, detail: `${units} cards of ${lineId}, which bought ${most}` }];
  });
};

/** The cart of an order is closed by it; one that was cancelled leaves no cart frozen. The order is named, since whoever knows a cart's id has the cart. */
function wrongCart({ orderId, status }: OrderBook, cart: CartBook | undefined): Found[] {
  if (!cart || status === 'PENDING_PAYMENT') return [];
  const isOurs = cart.orderId === orderId;
  if (status === 'CANCELLED' ? !(isOurs && cart.status === 'FROZEN') : isOurs && cart.status === 'CLOSED') return [];
  const holder = cart.orderId === null ? 'no order' : isOurs ? 'this order' : cart.orderId;
  return [{ invariant: 'cart', subject: orderId, detail: `${status}, its cart: ${cart.status}, of ${holder}` }];
}

function wrongMoney({ orderId, status, owed, currency }: OrderBook, book: MoneyBook | undefined): Found[] {
  const amount = (text: string) => parseDecimal(text, currency)?.minor ?? null;
  const [authorized, captured, refunded] = [book?.authorized, book?.captured, book?.refunded].map((text) =>
    amount(text ?? '0'),
  );
  const held = book && captured === 0n ? authorized : (captured ?? 0n) - (refunded ?? 0n);
  const sameCurrency = !book || book.currency === currency;
  if (sameCurrency && held === amount(owed)) return [];
  const has = book
    ? `${book.authorized} authorized, ${book.captured} captured, ${book.refunded} refunded in ${book.currency}`
    : 'no payment';
  return [{ invariant: 'owed', subject: orderId, detail: `${status} over ${owed} ${currency}: ${has}` }];
}

function wrongStock({ orderId, status, hasGoods, isOld }: OrderBook, state: string): Found[] {
  const right = hasGoods ? STOCK[status] : NO_STOCK;
  if (!right || right.includes(state)) return [];
  if (state === 'none' && right.includes('SHIPPED') && isOld) return [];
  return [{ invariant: 'goods', subject: orderId, detail: `${status}, its reservation: ${state}` }];
}

function wrongCards({ orderId, status, giftCards }: OrderBook, cards: readonly CardsOfLine[]): Found[] {
  const listed = (some: readonly { lineId: string; units: number }[]) =>
    some
      .map(({ lineId, units }) => `${units} of ${lineId}`)
      .sort()
      .join(', ') || 'none';
  if (listed(giftCards) === listed(cards)) return [];
  const detail = `${status} with gift cards ${listed(giftCards)}: ${listed(cards)} stand`;
  return [{ invariant: 'gift-cards', subject: orderId, detail }];
}

function wrongCodes({ orderId, status, codes }: OrderBook, held: readonly string[]): Found[] {
  const listed = (some: readonly string[]) => [...some].sort().join(', ') || 'none';
  if (listed(codes) === listed(held)) return [];
  return [
    { invariant: 'codes', subject: orderId, detail: `${status} with ${listed(codes)}: it holds ${listed(held)}` },
  ];
}

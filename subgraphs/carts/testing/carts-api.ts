import { type ExecutionResult, graphql } from 'graphql';
import type { Viewer } from '#platform/auth/viewer.ts';
import { Context } from '#platform/graphql/context.ts';
import type { Operation } from '#platform/graphql/operation.ts';
import { buildSubgraph } from '#platform/graphql/subgraph-schema.ts';
import { type SubgraphTransport, SubgraphUnavailable } from '#platform/transport/transport.ts';
import type { QuoteInput } from '#subgraphs/pricing/contracts/quote.ts';
import type { DeliveryOptionsInput } from '#subgraphs/shipping/contracts/delivery-options-for.ts';
import { carts } from '../subgraph.ts';

const eur = (cents: number) => ({ amount: (cents / 100).toFixed(2), currency: 'EUR' });
const inCurrency = (currency: string, minor: number) =>
  currency === 'JPY' ? { amount: String(minor), currency } : eur(minor);

/** The other subgraphs, as tests want them to be. */
export class Neighbors {
  /** What is sold, in cents; each weighs 500 g. */
  readonly sold = new Map<string, { title: string; cents: number; sellable: boolean; isGiftCard?: boolean }>();
  readonly stock = new Map<string, number>();
  readonly down = new Set<string>();
  /** Yen for a euro, the newest first, each from a moment on. */
  yen: { rate: number; since: string }[] = [{ rate: 160, since: '2026-01-01T00:00:00.000Z' }];
  readonly countries = ['DE', 'AT'];
  /** Every question they were asked, by the subgraph's name. */
  readonly asked: string[] = [];
  /** What happens while catalog is asked the next time: between a cart's being read and its being written. */
  meanwhile: (() => Promise<unknown>) | null = null;

  sell(id: string, { title = `Thing ${id}`, cents = 1_000, available = 100, isGiftCard = false } = {}): string {
    this.sold.set(id, { title, cents, sellable: true, isGiftCard });
    this.stock.set(id, available);
    return id;
  }

  readonly #answers: Record<string, (input: never) => unknown> = {
    catalog: ({ ids, currency, ratesAt }: { ids: string[]; currency: string; ratesAt: string | null }) => ({
      variantsForSale: ids.map((id) => this.#forSale(id, (cents) => this.#exchanged(cents, currency, ratesAt))),
    }),
    inventory: ({ variantIds }: { variantIds: string[] }) => ({
      stockLevels: variantIds.map((variantId) => ({
        variantId,
        available: this.stock.get(variantId) ?? 0,
        backorderable: false,
      })),
    }),
    shipping: ({ input }: { input: DeliveryOptionsInput }) => ({
      deliveryOptionsFor: !this.countries.includes(input.country)
        ? []
        : [
            {
              ...{ id: 'standard', title: 'Standard', estimatedDays: { min: 2, max: 3 } },
              price: this.#exchanged(490, input.currency, input.ratesAt ?? null),
            },
          ],
    }),
    pricing: ({ input }: { input?: QuoteInput }) =>
      input
        ? { quote: quoted(input) }
        : {
            exchangeRates: this.yen.map(({ rate, since }) => ({
              since,
              rates: [{ code: 'JPY', rate: String(rate), roundTo: '1', sold: true, hasFixedPrices: false }],
            })),
          },
  };

  readonly transport: SubgraphTransport = {
    query: async (subgraph, { variables }) => {
      this.asked.push(subgraph);
      const { meanwhile } = this;
      if (subgraph === 'catalog' && meanwhile) {
        this.meanwhile = null;
        await meanwhile();
      }
      if (this.down.has(subgraph)) throw new SubgraphUnavailable(subgraph, 'down');
      return { data: this.#answers[subgraph]!(variables as never) } as ExecutionResult;
    },
    subscribe: () => {
      throw new Error('Carts subscribe to nothing.');
    },
    close: async () => {},
  };

  #exchanged(cents: number, currency: string, at: string | null) {
    if (currency !== 'JPY') return eur(cents);
    const { rate } = this.yen.find(({ since }) => at === null || since <= at)!;
    return inCurrency('JPY', Math.round((cents * rate) / 100));
  }

  #forSale(variantId: string, price: (cents: number) => { amount: string; currency: string }) {
    const variant = this.sold.get(variantId);
    return (
      variant && {
        variantId,
        productId: `prod_${variantId}`,
        categoryIds: [],
        sellerId: 'sel_1',
        sku: variantId.toUpperCase(),
        title: variant.title,
        options: [{ name: 'Size', value: 'M' }],
        imageUrl: null,
        unitPrice: price(variant.cents),
        weightGrams: 500,
        sellable: variant.sellable,
        isGiftCard: variant.isGiftCard ?? false,
      }
    );
  }
}

/** Of codes only `TENNER` is good: it takes one euro off the first line. */
function quoted({ lines, shipping, codes, currency }: QuoteInput) {
  const eur = (minor: number) => inCurrency(currency, minor);
  const cents = (amount: string) => Math.round(Number(amount) * (currency === 'JPY' ? 1 : 100));
  const totals = lines.map(({ unitPrice, quantity }) => cents(unitPrice.amount) * quantity);
  const subtotal = totals.reduce((a, b) => a + b, 0);
  const off = codes.includes('TENNER') && lines.length > 0 ? 100 : 0;
  return {
    lines: lines.map(({ lineId }, i) => ({
      ...{ lineId, discount: eur(i === 0 ? off : 0), tax: eur(0) },
      total: eur(totals[i]! - (i === 0 ? off : 0)),
    })),
    subtotal: eur(subtotal),
    discount: eur(off),
    codes: codes.map((code) => ({
      ...{ code, applicable: code === 'TENNER' },
      reason: code === 'TENNER' ? null : 'We do not know this code.',
    })),
    shipping: shipping ?? null,
    tax: eur(0),
    taxIncluded: true,
    taxLines: [],
    total: eur(subtotal - off + (shipping ? cents(shipping.amount) : 0)),
    isEstimate: !shipping,
  };
}

const { schema } = await buildSubgraph(carts);

export const customer = (customerId: string): Viewer => ({ customerId, scopes: [], sessionId: `ses_${customerId}` });

export interface Line {
  id: string;
  title: string;
  quantity: number;
  variant: { id: string } | null;
  unitPrice: { amount: string };
  total: { amount: string };
  problem: { code: string; available: number | null } | null;
}
export interface CartAnswer {
  id: string;
  version: number;
  totalQuantity: number;
  email: string | null;
  note: string | null;
  lines: Line[];
  cost: { total: { amount: string }; isEstimate: boolean };
  problems: { code: string; available: number | null }[];
  readyToPlace: boolean;
}
export interface Payload {
  cart: CartAnswer | null;
  userErrors: { code: string; message: string; path: string[] | null; available: number | null }[];
  warnings: { code: string }[];
}

export const CART = `id version totalQuantity email note readyToPlace problems { code available } cost { total { amount } isEstimate }
  lines { id title quantity variant { id } unitPrice { amount } total { amount } problem { code available } }`;
const PAYLOAD = `{ cart { ${CART} } userErrors { code message path available } warnings { code } }`;
const INPUTS: Record<string, string> = { cartCreate: 'CartCreateInput' };

/** Somebody at the cart: a guest, or a customer. */
export class Shopper {
  readonly #neighbors: Neighbors;
  readonly #viewer: Viewer | null;

  constructor(neighbors: Neighbors, viewer: Viewer | null = null) {
    this.#neighbors = neighbors;
    this.#viewer = viewer;
  }

  /** One mutation, e.g. `change('cartLinesAdd', { cartId, lines })`. */
  async change(field: string, input: object): Promise<Payload> {
    const type = INPUTS[field] ?? `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
    const { data, errors } = await this.ask(`mutation($input: ${type}) { ${field}(input: $input) ${PAYLOAD} }`, {
      input,
    });
    if (errors) throw errors[0];
    return data![field] as Payload;
  }

  async read(id: string): Promise<CartAnswer | null> {
    const { data, errors } = await this.ask(`query($id: ID!) { cart(id: $id) { ${CART} } }`, { id });
    if (errors) throw errors[0];
    return data!.cart as CartAnswer | null;
  }

  /** A cart with these quantities by variant. */
  async fill(quantities: Record<string, number>): Promise<CartAnswer> {
    const lines = Object.entries(quantities).map(([variantId, quantity]) => ({ variantId, quantity }));
    const { cart, userErrors } = await this.change('cartCreate', { lines });
    if (!cart) throw new Error(JSON.stringify(userErrors));
    return cart;
  }

  /** Whatever it answers, as the router would ask it. */
  ask(source: string, variables: object): Promise<ExecutionResult<Record<string, unknown>>> {
    return this.#run(source, variables, 'router');
  }

  /** As the checkout asks it. */
  async internally<Result, Variables extends object>(
    operation: Operation<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const { data, errors } = await this.#run(operation.query, variables, 'orders');
    if (errors) throw errors[0];
    return data as Result;
  }

  #run(source: string, variables: object, caller: string): Promise<ExecutionResult<Record<string, unknown>>> {
    return graphql({
      schema,
      source,
      variableValues: variables as Record<string, unknown>,
      contextValue: new Context('carts', this.#neighbors.transport, { viewer: this.#viewer, caller }),
      // Through JSON, as it travels, and without graphql-js's null prototypes.
    }).then(({ data, errors }) => ({ data: JSON.parse(JSON.stringify(data ?? null)), errors })) as Promise<
      ExecutionResult<Record<string, unknown>>
    >;
  }
}

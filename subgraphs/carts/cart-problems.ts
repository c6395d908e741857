import type { Context } from '#platform/graphql/context.ts';
import type { StockLevel } from '#subgraphs/inventory/contracts/stock.ts';
import type { CartRecord } from './cart.records.ts';
import {
  isDeliveryChosen,
  type PricedCart,
  type PricedLine,
  priceCart,
  requiresShipping,
  stockOf,
} from './cart-prices.ts';

export const PROBLEM_CODES = [
  'EMPTY',
  'EMAIL_REQUIRED',
  'DELIVERY_ADDRESS_REQUIRED',
  'DELIVERY_OPTION_REQUIRED',
  'VARIANT_UNAVAILABLE',
  'INSUFFICIENT_STOCK',
  'DISCOUNT_NOT_APPLICABLE',
] as const;

export interface Problem {
  code: (typeof PROBLEM_CODES)[number];
  message: string;
  lineId: string | null;
  available: number | null;
}

const problem = (code: Problem['code'], message: string): Problem => ({ code, message, lineId: null, available: null });

/** What stands between this cart and an order, the most telling first. */
export async function problemsOf(
  context: Context,
  cart: CartRecord,
  priced: PricedCart = priceCart(context, cart),
): Promise<Problem[]> {
  if (cart.lines.length === 0) return [problem('EMPTY', 'The cart is empty.')];
  const [ofLines, ofDelivery, ofCodes] = await Promise.all([
    problemsOfLines(context, cart, priced),
    problemOfOption(cart, priced),
    problemsOfCodes(cart, priced),
  ]);
  const found = [...ofLines.values()];
  if (!cart.email) found.push(problem('EMAIL_REQUIRED', 'Tell us an e-mail address for the confirmation.'));
  if (!cart.delivery_address) {
    const ask = requiresShipping(cart) ? 'Tell us where to deliver.' : 'Tell us the address that the invoice names.';
    found.push(problem('DELIVERY_ADDRESS_REQUIRED', ask));
  }
  if (ofDelivery) found.push(ofDelivery);
  found.push(...ofCodes);
  return found;
}

/** By the line's id. Where inventory cannot be asked no shortage is seen: placing the order checks again. */
export function problemsOfLines(
  context: Context,
  cart: CartRecord,
  priced: PricedCart = priceCart(context, cart),
): Promise<Map<string, Problem>> {
  let problems = OF_LINES.get(priced);
  if (!problems) {
    problems = findProblems(context, cart, priced);
    OF_LINES.set(priced, problems);
  }
  return problems;
}

const OF_LINES = new WeakMap<PricedCart, Promise<Map<string, Problem>>>();

async function findProblems(context: Context, cart: CartRecord, priced: PricedCart): Promise<Map<string, Problem>> {
  const variantIds = cart.lines.map(({ variantId }) => variantId);
  const [lines, stock] = await Promise.all([priced.lines(), stockOf(context, variantIds)]);
  return new Map(
    lines.flatMap((line, i) => {
      const found = problemOfLine(line, stock[i] ?? null);
      return found ? [[line.id, found] as const] : [];
    }),
  );
}

function problemOfLine(line: PricedLine, stock: StockLevel | null): Problem | null {
  if (!line.sellable) {
    return {
      code: 'VARIANT_UNAVAILABLE',
      message: `${line.title} is not sold any more. Remove it to go on.`,
      lineId: line.id,
      available: 0,
    };
  }
  if (!stock || line.isGiftCard || stock.backorderable || stock.available >= line.quantity) return null;
  const message =
    stock.available > 0 ? `Only ${stock.available} of ${line.title} are left.` : `${line.title} is sold out.`;
  return { code: 'INSUFFICIENT_STOCK', message, lineId: line.id, available: stock.available };
}

async function problemOfOption(cart: CartRecord, priced: PricedCart): Promise<Problem | null> {
  if (!requiresShipping(cart)) return null;
  if (!isDeliveryChosen(cart)) return problem('DELIVERY_OPTION_REQUIRED', 'Choose a delivery.');
  if (!(await priced.isDeliveryGone())) return null;
  return problem('DELIVERY_OPTION_REQUIRED', 'The chosen delivery is not offered any more. Choose another.');
}

/** A code that is of no use must go first, so that nobody pays more than was hoped for unawares. */
async function problemsOfCodes(cart: CartRecord, priced: PricedCart): Promise<Problem[]> {
  if (cart.discount_codes.length === 0) return [];
  const { codes } = await priced.quote();
  return codes
    .filter(({ applicable }) => !applicable)
    .map(({ code, reason }) => problem('DISCOUNT_NOT_APPLICABLE', `${code}: ${reason} Remove the code to go on.`));
}

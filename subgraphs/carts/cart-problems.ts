import type { Context } from '#platform/graphql/context.ts';
import type { CartRecord } from './cart.records.ts';
import { type PricedLine, priceCart, stockOf } from './cart-prices.ts';

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
export async function problemsOf(context: Context, cart: CartRecord): Promise<Problem[]> {
  if (cart.lines.length === 0) return [problem('EMPTY', 'The cart is empty.')];
  const { lines, deliveryOption } = await priceCart(context, cart);
  const ofLines = await Promise.all(lines.map((line) => problemOfLine(context, line)));
  const found = ofLines.filter((each) => each !== null);
  if (!cart.email) found.push(problem('EMAIL_REQUIRED', 'Tell us an e-mail address for the confirmation.'));
  if (!cart.delivery_address) found.push(problem('DELIVERY_ADDRESS_REQUIRED', 'Tell us where to deliver.'));
  if (!deliveryOption) {
    const gone = cart.delivery_option_id && cart.delivery_address;
    found.push(
      problem(
        'DELIVERY_OPTION_REQUIRED',
        gone ? 'The chosen delivery is not offered any more. Choose another.' : 'Choose a delivery.',
      ),
    );
  }
  return found;
}

/** Where inventory cannot be asked no shortage is seen: placing the order checks again. */
export async function problemOfLine(context: Context, line: PricedLine): Promise<Problem | null> {
  if (!line.sellable) {
    return {
      code: 'VARIANT_UNAVAILABLE',
      message: `${line.title} is not sold any more. Remove it to go on.`,
      lineId: line.id,
      available: 0,
    };
  }
  const [stock] = await stockOf(context, [line.variantId]);
  if (!stock || stock.backorderable || stock.available >= line.quantity) return null;
  const message =
    stock.available > 0 ? `Only ${stock.available} of ${line.title} are left.` : `${line.title} is sold out.`;
  return { code: 'INSUFFICIENT_STOCK', message, lineId: line.id, available: stock.available };
}

import { ChevronIcon } from '#design/icons.tsx';
import { formatMoney } from '#design/money.ts';
import { Picture } from '#design/picture.tsx';
import { pieces } from '#design/pieces.ts';
import { CartTotals } from '#features/cart/cart-totals.tsx';
import type { CartView } from '#features/cart/current-cart.ts';
import { DiscountCodes } from '#features/cart/discount-codes.tsx';
import { lineTitle } from '#features/cart/line-title.ts';
import { inLanguage } from '#features/language/in-language.ts';

/** The total, always in view; opened, what it is made of. */
export function CheckoutSummary({ cart }: { cart: CartView }) {
  return (
    <details className="group sticky top-0 z-10 -mx-4 border-b border-line bg-paper px-4 open:shadow-raised sm:mx-0 sm:px-0 sm:open:shadow-none">
      <summary className="flex min-h-14 items-center gap-3">
        <span className="flex items-center gap-1.5 text-small">
          {pieces(cart.totalQuantity)}
          <ChevronIcon className="size-4.5 transition-transform duration-150 group-open:rotate-180" />
        </span>
        <span className="ml-auto text-muted text-small">{cart.cost.isEstimate ? 'Total so far' : 'Total'}</span>
        <span className="money text-lead" data-testid="total">
          {formatMoney(cart.cost.total)}
        </span>
      </summary>
      <div className="max-h-[60dvh] overflow-y-auto pb-5">
        <ul className="space-y-3 pt-2 pb-5">
          {cart.lines.map((line) => (
            <li key={line.id} className="flex items-center gap-3 text-small">
              <span className="w-12 shrink-0 overflow-hidden rounded-control">
                <Picture image={line.variant?.image} alt="" sizes="48px" />
              </span>
              <span className="flex-1">
                <LineTitle line={line} />
                <span className="block text-muted text-note">
                  {[pieces(line.quantity), ...(line.variant?.options.map(({ value }) => value) ?? [])].join(', ')}
                </span>
              </span>
              <span className="tabular-nums">{formatMoney(line.total)}</span>
            </li>
          ))}
        </ul>
        <CartTotals cart={cart} />
        <DiscountCodes cart={cart} />
      </div>
    </details>
  );
}

function LineTitle({ line }: { line: CartView['lines'][number] }) {
  const { title, titleLocale } = lineTitle(line);
  return <span {...inLanguage(titleLocale)}>{title}</span>;
}

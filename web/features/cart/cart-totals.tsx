import { type Amount, formatMoney, isZero } from '#design/money.ts';

interface Cost {
  readonly subtotal: Amount;
  readonly discount: Amount;
  readonly shipping: Amount | null;
  readonly tax: Amount;
  readonly taxIncluded: boolean;
  readonly total: Amount;
}

interface CartTotalsProps {
  readonly cart: { readonly cost: Cost; readonly requiresShipping?: boolean };
}

/** How a total comes about, for carts and orders. */
export function CartTotals({ cart: { cost, requiresShipping = true } }: CartTotalsProps) {
  return (
    <dl className="space-y-1.5 text-small">
      <Row label="Goods" value={formatMoney(cost.subtotal)} />
      {!isZero(cost.discount) && <Row label="Discount" value={`−${formatMoney(cost.discount)}`} />}
      <Row label="Delivery" value={requiresShipping ? deliveryWords(cost.shipping) : 'By e-mail'} />
      {!cost.taxIncluded && <Row label="Tax" value={formatMoney(cost.tax)} />}
      <div className="flex items-baseline justify-between pt-1.5">
        <dt className="font-medium text-body">Total</dt>
        <dd className="money text-lead">{formatMoney(cost.total)}</dd>
      </div>
      {cost.taxIncluded && !isZero(cost.tax) && <Row label={`${formatMoney(cost.tax)} of it is tax`} value="" />}
    </dl>
  );
}

function Row({ label, value }: { label: string; value: string }) {
  return (
    <div className="flex justify-between gap-4 text-muted">
      <dt>{label}</dt>
      <dd className="tabular-nums">{value}</dd>
    </div>
  );
}

function deliveryWords(shipping: Amount | null): string {
  if (!shipping) return 'Chosen at checkout';
  return isZero(shipping) ? 'Free' : formatMoney(shipping);
}

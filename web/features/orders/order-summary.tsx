import { countryName } from '#design/countries.ts';
import { formatMoney } from '#design/money.ts';
import { pieces } from '#design/pieces.ts';
import { CartTotals } from '#features/cart/cart-totals.tsx';
import type { OrderViewFragment } from '#generated/graphql.ts';
import { orderPath } from './order-cookies.ts';
import { isMailed } from './order-steps.ts';
import { paymentWords } from './payment-words.ts';

/** What was bought, what it cost and where it goes. */
export function OrderSummary({ order }: { order: OrderViewFragment }) {
  const { name, line1, line2, postalCode, city, region, country } = order.deliveryAddress;
  const payment = paymentWords(order);
  return (
    <section className="rounded-card border border-line bg-card p-6" aria-labelledby="bought">
      <h2 id="bought" className="mb-4 text-lead">
        What you bought
      </h2>
      <ul className="mb-5 space-y-3.5">
        {order.lines.map((line) => (
          <li key={line.id} className="flex gap-3 text-small">
            <LinePicture url={line.imageUrl} />
            <span className="flex-1">
              {line.title}
              <span className="block text-muted text-note">
                {[pieces(line.quantity), ...line.options.map(({ value }) => value)].join(', ')}
              </span>
              {line.isGiftCard && <span className="block text-muted text-note">{cardWords(order)}</span>}
            </span>
            <span className="tabular-nums">{formatMoney(line.total)}</span>
          </li>
        ))}
      </ul>
      <div className="border-line border-t pt-4">
        <CartTotals cart={{ cost: order.cost, requiresShipping: !isMailed(order) }} />
        {Number(order.cost.refunded.amount) > 0 && (
          <p className="mt-2 flex justify-between text-small">
            <span>Paid back to you</span>
            <span className="tabular-nums">{formatMoney(order.cost.refunded)}</span>
          </p>
        )}
        {payment && <p className="mt-3 text-muted text-small">{payment}</p>}
        {order.invoiceUrl && (
          <p className="mt-3 text-small">
            <a href={`${orderPath(order.id)}/invoice`} className="link">
              Invoice as PDF
            </a>
          </p>
        )}
      </div>
      <div className="mt-5 border-line border-t pt-4 text-small">
        <h3 className="mb-1 font-medium font-sans tracking-normal">
          {isMailed(order) ? 'Bought by' : `${order.deliveryOption.title} to`}
        </h3>
        <address className="text-muted not-italic">
          {[name, line1, line2, `${postalCode} ${city}`, region, countryName(country)].filter(Boolean).map((line) => (
            <span key={line} className="block">
              {line}
            </span>
          ))}
        </address>
        <p className="mt-3 text-muted">News goes to {order.email}</p>
      </div>
    </section>
  );
}

/** What became of a gift card. */
function cardWords({ status, history, email }: OrderViewFragment): string {
  if (status === 'CANCELLED' || status === 'RETURNED') return 'No longer good';
  const isMailedNow = history.some(({ type }) => type === 'order.gift-cards-mailed' || type === 'order.delivered');
  return isMailedNow ? `Mailed to ${email}` : `Goes to ${email} once it is paid`;
}

export function LinePicture({ url }: { url: string | null }) {
  const shape = 'size-12 shrink-0 rounded-control bg-line object-cover';
  if (!url) return <span className={shape} />;
  // biome-ignore lint/performance/noImgElement: the API sizes its own pictures, no optimizer is needed
  return <img src={url} alt="" width={48} height={48} loading="lazy" decoding="async" className={shape} />;
}

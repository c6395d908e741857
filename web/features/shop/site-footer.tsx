import Link from 'next/link';
import { CurrencyPicker } from '#features/currency/currency-picker.tsx';
import { LanguagePicker } from '#features/language/language-picker.tsx';
import { stripeSettings } from '#features/payment/stripe-settings.ts';

export async function SiteFooter() {
  // As long as the test provider takes the payments, nobody is to think that they bought something.
  const isReal = (await stripeSettings()) !== null;
  return (
    <footer className="border-t border-line">
      <div className="page flex flex-wrap items-center justify-between gap-x-8 gap-y-2 py-6 text-muted text-small">
        <p>{isReal ? 'Souk' : 'Souk is a demo market. No real money moves and nothing is sent.'}</p>
        {/* Part of the page and not streamed after it: without scripts what comes later stands in the wrong place. */}
        <div className="flex min-w-0 flex-wrap gap-x-6 gap-y-2">
          <LanguagePicker />
          <CurrencyPicker />
        </div>
        <nav aria-label="More" className="flex flex-wrap gap-x-6">
          <Link href="/products" className="inline-flex min-h-11 items-center hover:text-ink">
            All goods
          </Link>
          <Link href="/orders/find" className="inline-flex min-h-11 items-center hover:text-ink">
            Find an order
          </Link>
          <Link href="/account" prefetch={false} className="inline-flex min-h-11 items-center hover:text-ink">
            Your orders
          </Link>
        </nav>
      </div>
    </footer>
  );
}

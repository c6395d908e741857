import Link from 'next/link';
import { Suspense } from 'react';
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
        {/* Room is kept for them, so that the footer does not grow when they come. */}
        <div className="flex min-h-11 flex-wrap gap-x-6 gap-y-2">
          <Suspense>
            <LanguagePicker />
          </Suspense>
          <Suspense>
            <CurrencyPicker />
          </Suspense>
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

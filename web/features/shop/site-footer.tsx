import Link from 'next/link';
import { Suspense } from 'react';
import { CurrencyPicker } from '#features/currency/currency-picker.tsx';
import { LanguagePicker } from '#features/language/language-picker.tsx';

export function SiteFooter() {
  return (
    <footer className="border-t border-line">
      <div className="page flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 py-8 text-muted text-small">
        <p>Souk is a demo market. No real money moves and nothing is sent.</p>
        <div className="flex flex-wrap gap-x-6 gap-y-2">
          <Suspense>
            <LanguagePicker />
          </Suspense>
          <Suspense>
            <CurrencyPicker />
          </Suspense>
        </div>
        <nav aria-label="More" className="flex gap-6">
          <Link href="/products" className="hover:text-ink">
            All goods
          </Link>
          <Link href="/orders/find" className="hover:text-ink">
            Find an order
          </Link>
          <Link href="/account" prefetch={false} className="hover:text-ink">
            Your orders
          </Link>
        </nav>
      </div>
    </footer>
  );
}

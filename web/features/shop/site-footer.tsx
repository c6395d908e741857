import Link from 'next/link';
import { Suspense } from 'react';
import { CurrencyPicker } from '#features/currency/currency-picker.tsx';

export function SiteFooter() {
  return (
    <footer className="border-t border-line">
      <div className="page flex flex-wrap items-baseline justify-between gap-x-8 gap-y-2 py-8 text-muted text-small">
        <p>Souk is a demo market. No real money moves and nothing is sent.</p>
        <Suspense>
          <CurrencyPicker />
        </Suspense>
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

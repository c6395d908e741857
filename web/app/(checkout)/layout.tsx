import Link from 'next/link';
import type { ReactNode } from 'react';
import { ThemeSwitch } from '#design/theme-switch.tsx';
import { Wordmark } from '#design/wordmark.tsx';

/** One narrow column and nothing that leads astray. */
export default function CheckoutLayout({ children }: { children: ReactNode }) {
  return (
    <>
      <header className="border-b border-line">
        <div className="page flex h-16 items-center justify-between">
          <Link href="/" aria-label="Souk, home" className="rounded-control">
            <Wordmark />
          </Link>
          <div className="flex items-center gap-2">
            <ThemeSwitch />
            <Link href="/cart" className="link inline-flex min-h-11 items-center text-small">
              Back to the cart
            </Link>
          </div>
        </div>
      </header>
      <main className="mx-auto w-full max-w-[560px] flex-1 px-4 pb-20">{children}</main>
    </>
  );
}

import Link from 'next/link';
import { Suspense } from 'react';
import { PersonIcon } from '#design/icons.tsx';
import { ThemeSwitch } from '#design/theme-switch.tsx';
import { Wordmark } from '#design/wordmark.tsx';
import { CartDrawer, CartLink } from '#features/cart/cart-drawer.tsx';
import { currentCart } from '#features/cart/current-cart.ts';
import { PhoneSearch } from '#features/products/phone-search.tsx';
import { Search } from '#features/products/search.tsx';

/** The way home, the search, the account and the cart, on every page of the shop. */
export function SiteHeader() {
  return (
    <header className="sticky top-0 z-10 border-b border-line bg-paper">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:bg-card focus:p-3"
      >
        Skip to the goods
      </a>
      <div className="page flex min-h-16 flex-wrap items-center gap-x-1 sm:gap-x-2">
        <Link href="/" aria-label="Souk, home" className="mr-auto rounded-control sm:mr-4">
          <Wordmark />
        </Link>
        <Link
          href="/products"
          className="hidden min-h-11 items-center rounded-control px-2 font-medium text-small transition-colors duration-150 hover:text-indigo sm:flex"
        >
          All goods
        </Link>
        <Search className="mx-auto hidden w-full max-w-sm md:block" />
        <PhoneSearch />
        <ThemeSwitch />
        <Link
          href="/account"
          aria-label="Account"
          prefetch={false}
          className="grid size-11 place-items-center rounded-control transition-colors duration-150 hover:text-indigo"
        >
          <PersonIcon />
        </Link>
        <Suspense fallback={<CartLink count={0} />}>
          <HeaderCart />
        </Suspense>
      </div>
    </header>
  );
}

async function HeaderCart() {
  // A cart that cannot be read must not take the goods down with it.
  const cart = await currentCart().catch(() => null);
  return <CartDrawer cart={cart} />;
}

import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { button } from '#design/button.ts';
import { CartEmpty } from '#features/cart/cart-empty.tsx';
import { CartLines } from '#features/cart/cart-lines.tsx';
import { CartTotals } from '#features/cart/cart-totals.tsx';
import { currentCart } from '#features/cart/current-cart.ts';
import { DiscountCodes } from '#features/cart/discount-codes.tsx';
import { Ad } from '#features/discovery/ad-slot.tsx';
import { GoesWithCart } from '#features/discovery/goes-with-cart.tsx';

export const metadata: Metadata = { title: 'Cart' };

export default async function CartPage() {
  const cart = await currentCart();
  if (!cart || cart.lines.length === 0) return <CartEmpty heading="h1" />;
  return (
    <>
      <h1 className="mb-2 text-display">Your cart</h1>
      <div className="grid items-start gap-x-16 gap-y-8 md:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]">
        <CartLines cart={cart} />
        <div className="rounded-card border border-line bg-card p-6 md:sticky md:top-24">
          <CartTotals cart={cart} />
          <DiscountCodes cart={cart} />
          <Link href="/checkout" className={button('primary', 'mt-5 w-full')}>
            Checkout
          </Link>
        </div>
      </div>
      {/* Together, or the one that comes later would push the other down. */}
      <Suspense fallback={null}>
        <GoesWithCart />
        <Ad context={['cart']} className="mt-12 md:mx-auto md:max-w-2xl" />
      </Suspense>
    </>
  );
}

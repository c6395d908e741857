import type { ReactNode } from 'react';
import { CartDrawerState } from '#features/cart/cart-drawer-state.tsx';
import { SiteFooter } from '#features/shop/site-footer.tsx';
import { SiteHeader } from '#features/shop/site-header.tsx';

export default function ShopLayout({ children }: { children: ReactNode }) {
  return (
    <CartDrawerState>
      <SiteHeader />
      <main id="content" className="page flex-1 pt-6 pb-20 md:pt-10">
        {children}
      </main>
      <SiteFooter />
    </CartDrawerState>
  );
}

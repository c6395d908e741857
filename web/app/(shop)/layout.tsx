import type { ReactNode } from 'react';
import { SiteFooter } from '#design/site-footer.tsx';
import { CartDrawerState } from '#features/cart/cart-drawer-state.tsx';
import { SiteHeader } from './site-header.tsx';

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

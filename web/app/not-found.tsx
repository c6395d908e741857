import { CartDrawerState } from '#features/cart/cart-drawer-state.tsx';
import { SiteFooter } from '#features/shop/site-footer.tsx';
import { SiteHeader } from '#features/shop/site-header.tsx';
import NotFound from './(shop)/not-found.tsx';

/** For addresses that no page answers, in the same frame as the rest. */
export default function NoSuchPage() {
  return (
    <CartDrawerState>
      <SiteHeader />
      <main id="content" className="page flex-1">
        <NotFound />
      </main>
      <SiteFooter />
    </CartDrawerState>
  );
}

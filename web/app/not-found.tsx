import { SiteFooter } from '#design/site-footer.tsx';
import { CartDrawerState } from '#features/cart/cart-drawer-state.tsx';
import NotFound from './(shop)/not-found.tsx';
import { SiteHeader } from './(shop)/site-header.tsx';

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

import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { button } from '#design/button.ts';
import { SubmitButton } from '#design/submit-button.tsx';
import { signOut } from '#features/account/account.actions.ts';
import { AddressBook } from '#features/account/address-book.tsx';
import { shownIn } from '#features/language/chosen-language.ts';
import { OrderList } from '#features/orders/order-list.tsx';
import { ProductGrid } from '#features/products/product-grid.tsx';
import { AccountPageDocument, type ProductCardFragment } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

export const metadata: Metadata = { title: 'Account' };

export default async function AccountPage({ searchParams }: PageProps<'/account'>) {
  const { after } = await searchParams;
  const { me, shop } = await request(AccountPageDocument, {
    after: typeof after === 'string' ? after : null,
    ...(await shownIn()),
  });
  if (!me) redirect('/sign-in');
  const { orders } = me;
  const unread = me.notifications?.unreadCount ?? 0;
  return (
    <>
      <div className="mb-10 flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-display">{me.name ? `Hello, ${me.name}` : 'Your account'}</h1>
          <p className="mt-1.5 text-muted">{me.email}</p>
          <p className="mt-1.5">
            <Link href="/account/notifications" className="link">
              {unread > 0 ? `Notifications, ${unread} new` : 'Notifications'}
            </Link>
          </p>
        </div>
        <form action={signOut}>
          <SubmitButton weight="quiet" pendingLabel="Signing out">
            Sign out
          </SubmitButton>
        </form>
      </div>
      <div className="grid items-start gap-x-16 gap-y-12 md:grid-cols-[minmax(0,7fr)_minmax(0,4fr)]">
        <section aria-labelledby="orders">
          <h2 id="orders" className="mb-4 text-title">
            Your orders
          </h2>
          {!orders && <p className="text-muted">They cannot be shown just now. Look again in a minute.</p>}
          {orders && (orders.nodes.length > 0 ? <OrderList orders={orders.nodes} /> : <NoOrders />)}
          {orders?.pageInfo.hasNextPage && orders.pageInfo.endCursor && (
            <Link
              href={`/account?after=${encodeURIComponent(orders.pageInfo.endCursor)}`}
              className={button('quiet', 'mt-6')}
            >
              Older orders
            </Link>
          )}
        </section>
        <section aria-labelledby="addresses">
          <h2 id="addresses" className="mb-4 text-title">
            Your addresses
          </h2>
          <AddressBook addresses={me.addresses} countries={shop?.countries ?? []} />
        </section>
      </div>
      <Wishlist products={me.wishlist?.nodes.filter((product) => product !== null) ?? []} />
    </>
  );
}

function Wishlist({ products }: { products: readonly ProductCardFragment[] }) {
  if (products.length === 0) return null;
  return (
    <section aria-labelledby="wishlist" className="mt-14 border-t border-line pt-8">
      <h2 id="wishlist" className="mb-6 text-title">
        Kept for later
      </h2>
      <ProductGrid products={products} />
    </section>
  );
}

function NoOrders() {
  return (
    <p className="text-muted">
      Nothing yet.{' '}
      <Link href="/products" className="link">
        Look around the market
      </Link>{' '}
      and come back to follow your parcel.
    </p>
  );
}

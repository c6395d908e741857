import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import Link from 'next/link';
import { button } from '#design/button.ts';
import { Empty } from '#design/empty.tsx';
import { LiveOrder } from '#features/orders/live-order.tsx';
import { orderCookieName } from '#features/orders/order-cookies.ts';
import { stripeSettings } from '#features/payment/stripe-settings.ts';
import { OrderPageDocument, OrderUpdatedDocument } from '#generated/graphql.ts';
import { liveDocument } from '#graphql/persisted.ts';
import { publicAddressNow } from '#graphql/public-address.ts';
import { request } from '#graphql/request.ts';

export const metadata: Metadata = { title: 'Your order', robots: { index: false } };

export default async function OrderPage({ params }: PageProps<'/order/[id]'>) {
  const { id } = await params;
  const accessToken = (await cookies()).get(orderCookieName(id))?.value ?? null;
  const { order } = await request(OrderPageDocument, { id, accessToken });
  if (!order) return <NotYours />;
  const source = { address: await publicAddressNow(), ...liveDocument(OrderUpdatedDocument), accessToken };
  return <LiveOrder rendered={order} source={source} stripe={await stripeSettings()} />;
}

/** The same words whether the order exists or not. */
function NotYours() {
  return (
    <Empty
      title="We cannot show this order here"
      action={
        <Link href="/account" prefetch={false} className={button('primary')}>
          Sign in
        </Link>
      }
    >
      Open it from the link in your confirmation mail, or sign in if you ordered with an account. Lost the mail?{' '}
      <Link href="/orders/find" className="link">
        Find it by its number
      </Link>
      .
    </Empty>
  );
}

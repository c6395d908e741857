import type { Metadata } from 'next';
import Link from 'next/link';
import { button } from '#design/button.ts';
import { Empty } from '#design/empty.tsx';
import { NarrowPage } from '#design/narrow-page.tsx';
import { OpenOrderForm } from '#features/orders/lookup-forms.tsx';

export const metadata: Metadata = { title: 'Your order', robots: { index: false }, referrer: 'no-referrer' };

export default async function LookupPage({ searchParams }: PageProps<'/orders/lookup'>) {
  const { token } = await searchParams;
  if (typeof token !== 'string' || token === '') return <LinkIsBroken />;
  return (
    <NarrowPage title="Here is your order" lead="The link works once. From then on this browser remembers the order.">
      <OpenOrderForm token={token} />
    </NarrowPage>
  );
}

function LinkIsBroken() {
  return (
    <Empty
      title="This link lost a piece on its way"
      action={
        <Link href="/orders/find" className={button('primary')}>
          Send me a new one
        </Link>
      }
    >
      Copy all of it from the mail, or ask for a new one.
    </Empty>
  );
}

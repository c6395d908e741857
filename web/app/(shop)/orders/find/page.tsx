import type { Metadata } from 'next';
import { NarrowPage } from '#design/narrow-page.tsx';
import { FindOrderForm } from '#features/orders/lookup-forms.tsx';

export const metadata: Metadata = { title: 'Find your order' };

export default function FindOrderPage() {
  return (
    <NarrowPage
      title="Find your order"
      lead="You bought without an account and lost the link? Tell us number and e-mail, and we send you a new one."
    >
      <FindOrderForm />
    </NarrowPage>
  );
}

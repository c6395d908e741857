import type { Metadata } from 'next';
import { NarrowPage } from '#design/narrow-page.tsx';
import { UnsubscribeForm } from '#features/notifications/unsubscribe-form.tsx';

export const metadata: Metadata = { title: 'No more of these mails', robots: { index: false } };

export default async function UnsubscribePage({ searchParams }: PageProps<'/unsubscribe'>) {
  const { token } = await searchParams;
  return (
    <NarrowPage
      title="Enough of these"
      lead="One press, and this kind of mail stops. Mails about your orders still come."
    >
      <UnsubscribeForm token={typeof token === 'string' ? token : ''} />
    </NarrowPage>
  );
}

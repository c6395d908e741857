import type { Metadata } from 'next';
import { NarrowPage } from '#design/narrow-page.tsx';
import { VerifyForm } from '#features/account/mailed-link-forms.tsx';

export const metadata: Metadata = { title: 'Confirm your address', robots: { index: false } };

export default async function VerifyPage({ searchParams }: PageProps<'/account/verify'>) {
  const { token } = await searchParams;
  return (
    <NarrowPage title="Confirm your address" lead="One press, and we know that our mail reaches you.">
      <VerifyForm token={typeof token === 'string' ? token : ''} />
    </NarrowPage>
  );
}

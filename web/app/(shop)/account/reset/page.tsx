import type { Metadata } from 'next';
import { NarrowPage } from '#design/narrow-page.tsx';
import { ResetForm } from '#features/account/mailed-link-forms.tsx';

export const metadata: Metadata = { title: 'Choose a new password', robots: { index: false } };

export default async function ResetPage({ searchParams }: PageProps<'/account/reset'>) {
  const { token } = await searchParams;
  return (
    <NarrowPage title="Choose a new password" lead="It signs you out everywhere else.">
      <ResetForm token={typeof token === 'string' ? token : ''} />
    </NarrowPage>
  );
}

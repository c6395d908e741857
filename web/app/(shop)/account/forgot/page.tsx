import type { Metadata } from 'next';
import { NarrowPage } from '#design/narrow-page.tsx';
import { RequestResetForm } from '#features/account/mailed-link-forms.tsx';

export const metadata: Metadata = { title: 'A new password', robots: { index: false } };

export default function ForgotPage() {
  return (
    <NarrowPage title="A new password" lead="Tell us your e-mail and we send you a link to choose one.">
      <RequestResetForm />
    </NarrowPage>
  );
}

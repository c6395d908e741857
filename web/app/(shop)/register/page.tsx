import type { Metadata } from 'next';
import Link from 'next/link';
import { NarrowPage } from '#design/narrow-page.tsx';
import { withNext } from '#features/account/next-page.ts';
import { RegisterForm } from '#features/account/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Create an account' };

export default async function RegisterPage({ searchParams }: PageProps<'/register'>) {
  const { next: asked } = await searchParams;
  const next = typeof asked === 'string' ? asked : undefined;
  return (
    <NarrowPage
      title="Create an account"
      lead={
        <>
          It keeps your orders and addresses together. Have one already?{' '}
          <Link href={withNext('/sign-in', next)} className="link">
            Sign in
          </Link>
          .
        </>
      }
    >
      <RegisterForm next={next} />
    </NarrowPage>
  );
}

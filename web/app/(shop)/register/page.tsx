import type { Metadata } from 'next';
import Link from 'next/link';
import { NarrowPage } from '#design/narrow-page.tsx';
import { RegisterForm } from '#features/account/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Create an account' };

export default async function RegisterPage({ searchParams }: PageProps<'/register'>) {
  const { next } = await searchParams;
  return (
    <NarrowPage
      title="Create an account"
      lead={
        <>
          It keeps your orders and addresses together. Have one already?{' '}
          <Link href="/sign-in" className="link">
            Sign in
          </Link>
          .
        </>
      }
    >
      <RegisterForm next={typeof next === 'string' ? next : undefined} />
    </NarrowPage>
  );
}

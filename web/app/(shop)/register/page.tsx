import type { Metadata } from 'next';
import Link from 'next/link';
import { RegisterForm } from '#features/account/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Create an account' };

export default async function RegisterPage({ searchParams }: PageProps<'/register'>) {
  const { next } = await searchParams;
  return (
    <div className="mx-auto max-w-md">
      <h1 className="mb-2 text-display">Create an account</h1>
      <p className="mb-8 text-muted">
        It keeps your orders and addresses together. Have one already?{' '}
        <Link href="/sign-in" className="link">
          Sign in
        </Link>
        .
      </p>
      <RegisterForm next={typeof next === 'string' ? next : undefined} />
    </div>
  );
}

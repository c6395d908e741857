import type { Metadata } from 'next';
import Link from 'next/link';
import { SignInForm } from '#features/account/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next } = await searchParams;
  return (
    <div className="mx-auto max-w-md">
      <h1 className="mb-2 text-display">Sign in</h1>
      <p className="mb-8 text-muted">
        New here?{' '}
        <Link href="/register" className="link">
          Create an account
        </Link>
        . You can also buy without one.
      </p>
      <SignInForm next={typeof next === 'string' ? next : undefined} />
    </div>
  );
}

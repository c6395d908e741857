import type { Metadata } from 'next';
import Link from 'next/link';
import { NarrowPage } from '#design/narrow-page.tsx';
import { withNext } from '#features/account/next-page.ts';
import { SignInForm } from '#features/account/sign-in-form.tsx';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { next: asked } = await searchParams;
  const next = typeof asked === 'string' ? asked : undefined;
  return (
    <NarrowPage
      title="Sign in"
      lead={
        <>
          New here?{' '}
          <Link href={withNext('/register', next)} className="link">
            Create an account
          </Link>
          . You can also buy without one.
        </>
      }
    >
      <SignInForm next={next} />
      <p className="mt-5 text-center text-small">
        <Link href="/account/forgot" className="link">
          Forgot your password?
        </Link>
      </p>
    </NarrowPage>
  );
}

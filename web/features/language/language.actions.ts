'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { pageBefore } from '#features/shop/page-before.ts';
import { cookieOptions, isSecure } from '#security/cookie-options.ts';
import { LANGUAGE_COOKIE, languages } from './chosen-language.ts';

const KEPT_FOR_SECONDS = 365 * 24 * 60 * 60;

/** Goods are described in this language from now on, where they are translated. */
export async function chooseLanguage(form: FormData): Promise<void> {
  const language = String(form.get('language'));
  if ((await languages()).includes(language)) {
    const options = { ...cookieOptions(isSecure(await headers())), maxAge: KEPT_FOR_SECONDS };
    (await cookies()).set(LANGUAGE_COOKIE, language, options);
  }
  redirect(await pageBefore());
}

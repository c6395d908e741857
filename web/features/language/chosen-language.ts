import { cookies } from 'next/headers';
import { cache } from 'react';
import { chosenCurrency } from '#features/currency/chosen-currency.ts';
import { LanguagesDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

export const LANGUAGE_COOKIE = 'souk_language';

/** What the goods are described in, the shop's own language first; none where it cannot be asked. */
export const languages = cache(
  async (): Promise<readonly string[]> => (await request(LanguagesDocument).catch(() => null))?.shop?.locales ?? [],
);

/** What this browser wants to read of the goods in; null for the shop's own language, and for one that is not there any more. */
export const chosenLanguage = cache(async (): Promise<string | null> => {
  const wanted = (await cookies()).get(LANGUAGE_COOKIE)?.value;
  return wanted && (await languages()).indexOf(wanted) > 0 ? wanted : null;
});

/** How this browser wants goods shown: every question about them takes both. */
export async function shownIn(): Promise<{ currency: string | null; locale: string | null }> {
  const [currency, locale] = await Promise.all([chosenCurrency(), chosenLanguage()]);
  return { currency, locale };
}

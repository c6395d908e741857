import { cookies } from 'next/headers';
import { cache } from 'react';
import { CurrenciesDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

export const CURRENCY_COOKIE = 'souk_currency';

/** What the shop sells in, its own first; none where it cannot be asked. */
export const currencies = cache(async () => (await request(CurrenciesDocument).catch(() => null))?.currencies ?? []);

/** What this browser wants prices in; null for the shop's own, and for one that is not sold any more. */
export const chosenCurrency = cache(async (): Promise<string | null> => {
  const wanted = (await cookies()).get(CURRENCY_COOKIE)?.value;
  if (!wanted) return null;
  const at = (await currencies()).findIndex(({ code }) => code === wanted);
  return at > 0 ? wanted : null;
});

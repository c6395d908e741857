import { headers } from 'next/headers';

/** The page that a form was on; never another site. */
export async function pageBefore(): Promise<string> {
  const from = (await headers()).get('referer');
  if (!from || !URL.canParse(from)) return '/';
  const { pathname, search } = new URL(from);
  return pathname.startsWith('//') ? '/' : `${pathname}${search}`;
}

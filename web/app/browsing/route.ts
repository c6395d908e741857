import { cookies } from 'next/headers';
import { VISITOR_COOKIE, VISITOR_KEPT_FOR_SECONDS } from '#features/discovery/visitor-cookie.ts';
import { SearchRecordDocument, ViewRecordDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { cookieOptions, isSecure } from '#security/cookie-options.ts';

const MOST_LETTERS = 2_000;

/**
 * Notes what this browser looks at. Nothing is noted of who asks not to be followed
 * (https://w3c.github.io/gpc/), and nothing that another site sends. Nobody waits for the answer, which is always the same.
 */
export async function POST(asked: Request): Promise<Response> {
  const done = new Response(null, { status: 204 });
  const site = asked.headers.get('sec-fetch-site') ?? 'same-origin';
  if (asked.headers.get('sec-gpc') === '1' || site !== 'same-origin') return done;
  const browsed = readBrowsed(await asked.text());
  if (!browsed) return done;
  const visitor = await visitorNow(isSecure(asked.headers));
  const noted =
    'productId' in browsed
      ? request(ViewRecordDocument, { input: { productId: browsed.productId, visitor } })
      : request(SearchRecordDocument, { input: { query: browsed.query, visitor } });
  await noted.catch(() => null);
  return done;
}

async function visitorNow(secure: boolean): Promise<string> {
  const jar = await cookies();
  const visitor = jar.get(VISITOR_COOKIE)?.value ?? crypto.randomUUID();
  jar.set(VISITOR_COOKIE, visitor, { ...cookieOptions(secure), maxAge: VISITOR_KEPT_FOR_SECONDS });
  return visitor;
}

function readBrowsed(text: string): { productId: string } | { query: string } | null {
  if (text.length > MOST_LETTERS) return null;
  try {
    const { productId, query } = JSON.parse(text) as Record<string, unknown>;
    if (typeof productId === 'string') return { productId };
    return typeof query === 'string' ? { query } : null;
  } catch {
    return null;
  }
}

import { type NextRequest, NextResponse } from 'next/server';
import { ProductAddressDocument } from '#generated/graphql.ts';
import { send } from '#graphql/send.ts';

const PRODUCT_PAGE = /^\/products\/([^/]+)$/;

/**
 * A product that moved answers 308 with where it is now, so that search engines carry over what they know. Here, since a
 * page has begun its answer before it knows; moves within the shop are the page's own.
 */
export async function formerAddress(request: NextRequest): Promise<NextResponse | null> {
  const handle = readHandle(request.nextUrl.pathname);
  if (handle === null || request.headers.has('rsc')) return null;
  // Where the API does not answer, the page says so.
  const answer = await send(ProductAddressDocument, { handle }, {}).catch(() => null);
  const now = answer?.product?.handle;
  if (!now || now === handle) return null;
  const moved = request.nextUrl.clone();
  moved.pathname = `/products/${encodeURIComponent(now)}`;
  return NextResponse.redirect(moved, 308);
}

function readHandle(path: string): string | null {
  try {
    return decodeURIComponent(PRODUCT_PAGE.exec(path)?.[1] ?? '') || null;
  } catch {
    return null;
  }
}

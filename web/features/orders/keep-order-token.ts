import { type NextRequest, NextResponse } from 'next/server';
import { isSecure } from '#security/cookie-options.ts';
import { orderCookieName, orderCookieOptions } from './order-cookies.ts';

const ORDER_PAGE = /^\/order\/([^/]+)$/;

/** A link from a mail carries the order's token: it moves into a cookie and out of the address bar. */
export function keepOrderToken(request: NextRequest): NextResponse | null {
  const orderId = ORDER_PAGE.exec(request.nextUrl.pathname)?.[1];
  const token = request.nextUrl.searchParams.get('token');
  if (!orderId || !token) return null;
  const clean = request.nextUrl.clone();
  clean.searchParams.delete('token');
  const response = NextResponse.redirect(clean, 303);
  response.cookies.set(orderCookieName(orderId), token, orderCookieOptions(orderId, isSecure(request.headers)));
  return response;
}

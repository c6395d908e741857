import { cookieOptions } from '#security/cookie-options.ts';

const KEPT_FOR_SECONDS = 90 * 24 * 60 * 60;

/** The page of an order, and the only path to which its access token is sent. */
export function orderPath(orderId: string): string {
  return `/order/${encodeURIComponent(orderId)}`;
}

export function orderCookieName(orderId: string): string {
  return `souk_order_${orderId.replace(/[^\w-]/g, '')}`;
}

export function orderCookieOptions(orderId: string, secure: boolean) {
  return { ...cookieOptions(secure), path: orderPath(orderId), maxAge: KEPT_FOR_SECONDS };
}

import { type NextRequest, NextResponse } from 'next/server';
import { refreshSession } from '#features/account/refresh-session.ts';
import { keepOrderToken } from '#features/orders/keep-order-token.ts';
import { contentSecurityPolicy } from '#security/content-security-policy.ts';

/** Before every page: an order's token leaves the address, a session is renewed, and a policy is set for this answer alone. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const redirect = keepOrderToken(request);
  if (redirect) return redirect;
  const keepSession = await refreshSession(request);
  const policy = contentSecurityPolicy(crypto.randomUUID(), request.headers.get('host'));
  const headers = new Headers(request.headers);
  // Next takes the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  keepSession(response);
  return response;
}

export const config = {
  matcher: [
    {
      source: '/((?!_next/|icon.svg|robots.txt|no-script.css).*)',
      missing: [
        { type: 'header', key: 'next-router-prefetch' },
        { type: 'header', key: 'purpose', value: 'prefetch' },
      ],
    },
  ],
};

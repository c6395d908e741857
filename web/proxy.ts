import { type NextRequest, NextResponse } from 'next/server';
import { refreshSession } from '#features/account/refresh-session.ts';
import { keepOrderToken } from '#features/orders/keep-order-token.ts';
import { stripeSettings } from '#features/payment/stripe-settings.ts';
import { formerAddress } from '#features/products/former-address.ts';
import { contentSecurityPolicy } from '#security/content-security-policy.ts';

/** Before every page: an order's token leaves the address, a product's former address leads on, a session is renewed, and a policy is set for this answer alone. */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const redirect = keepOrderToken(request) ?? (await formerAddress(request));
  if (redirect) return redirect;
  const [keepSession, stripe] = await Promise.all([refreshSession(request), stripeSettings()]);
  const policy = contentSecurityPolicy(crypto.randomUUID(), request.headers.get('host'), stripe);
  const headers = new Headers(request.headers);
  // Next takes the nonce for its own scripts from here.
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  if (stripe) allowWallets(response.headers);
  keepSession(response);
  return response;
}

/** Wallets ask from within Stripe's frames, and some ways to pay open a window that must be able to answer. */
function allowWallets(headers: Headers): void {
  headers.set(
    'permissions-policy',
    'camera=(), microphone=(), geolocation=(), payment=(self "https://js.stripe.com"), usb=()',
  );
  headers.set('cross-origin-opener-policy', 'same-origin-allow-popups');
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

import { readConfig } from '#config';
import type { StripeSettings } from '#features/payment/stripe-settings.ts';
import { publicAddress } from '#graphql/public-address.ts';

/** No script but ours, no connection but to this server and the API; and to Stripe, where the shop is paid through it. */
export function contentSecurityPolicy(nonce: string, host: string | null, stripe: StripeSettings | null): string {
  const { development, routerPort } = readConfig();
  const api = new URL(publicAddress(host)).origin;
  // Pictures carry the address that the API was told, which is this one unless it was told another.
  const pictures = new Set([api, `http://localhost:${routerPort}`]);
  const paying = stripe ? stripeSources(stripe) : { connect: '', frame: "'none'", image: '' };
  return [
    "default-src 'self'",
    // React's development build, and only that, evaluates strings to rebuild stack traces.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: ${[...pictures].join(' ')}${paying.image}`,
    "font-src 'self'",
    `connect-src 'self' ${api} ${api.replace(/^http/, 'ws')}${paying.connect}`,
    `frame-src ${paying.frame}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** What Stripe.js asks for (docs.stripe.com/security/guide#content-security-policy); its script is one that ours adds. */
function stripeSources({ scriptUrl }: StripeSettings) {
  const { origin } = new URL(scriptUrl);
  return {
    connect: ` https://api.stripe.com ${origin}`,
    frame: `https://js.stripe.com https://*.js.stripe.com https://hooks.stripe.com ${origin}`,
    image: ' https://*.stripe.com',
  };
}

import { readConfig } from '#config';
import { publicAddress } from '#graphql/public-address.ts';

/** No script but ours, no connection but to this server and the API. */
export function contentSecurityPolicy(nonce: string, host: string | null): string {
  const { development, routerPort } = readConfig();
  const api = new URL(publicAddress(host)).origin;
  // Pictures carry the address that the API was told, which is this one unless it was told another.
  const pictures = new Set([api, `http://localhost:${routerPort}`]);
  return [
    "default-src 'self'",
    // React's development build, and only that, evaluates strings to rebuild stack traces.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    `style-src 'self' ${development ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data: ${[...pictures].join(' ')}`,
    "font-src 'self'",
    `connect-src 'self' ${api} ${api.replace(/^http/, 'ws')}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

import { headers } from 'next/headers';
import { readConfig } from '#config';

/** The API's address for this browser, known only when it asks: ports and hosts are chosen at start, not at build. */
export function publicAddress(host: string | null): string {
  const { routerPublicUrl, routerPort } = readConfig();
  return routerPublicUrl ?? `http://${hostname(host)}:${routerPort}/graphql`;
}

/** The same for the request being rendered. */
export async function publicAddressNow(): Promise<string> {
  return publicAddress((await headers()).get('host'));
}

function hostname(host: string | null): string {
  const url = `http://${host}`;
  return host && URL.canParse(url) ? new URL(url).hostname : 'localhost';
}

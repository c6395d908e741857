import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/**
 * Whoever asks this server may say anything in `X-Forwarded-For`, and Next passes that on as it is. From here on the address
 * that the request really came from stands last, as every proxy is to write it (MDN, X-Forwarded-For), so that the router,
 * where `TRUSTED_PROXIES` names this server, counts shoppers and not the storefront.
 */
export function noteAddresses(): void {
  subscribe('http.server.request.start', (message) => {
    const { headers, socket } = (message as { request: IncomingMessage }).request;
    const told = headers['x-forwarded-for'];
    headers['x-forwarded-for'] = [told, socket.remoteAddress].flat().filter(Boolean).join(', ');
  });
}

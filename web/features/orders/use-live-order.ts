'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import type { OrderUpdatedSubscription, OrderViewFragment } from '#generated/graphql.ts';
import { follow, type LiveDocument } from '#graphql/live.ts';
import { isFinal } from './order-steps.ts';
import { sessionAuthorization } from './session-authorization.action.ts';

/** Where and by which subscription the browser follows an order. */
export interface LiveOrderSource extends LiveDocument {
  readonly address: string;
  /** A guest's key to this one order; null where the order is the signed-in customer's. */
  readonly accessToken: string | null;
}

const REREAD_EVERY_MS = 4_000;

/**
 * The order as it is now. Events replace what the server rendered; while there is no connection the page is read again every
 * few seconds, so that it goes on even where sockets are blocked.
 */
export function useLiveOrder(
  rendered: OrderViewFragment,
  { address, document, documentId, accessToken }: LiveOrderSource,
) {
  const router = useRouter();
  const [heard, setHeard] = useState(rendered);
  const [connected, setConnected] = useState(true);
  const order = heard.version >= rendered.version ? heard : rendered;
  const { id } = rendered;
  const over = isFinal(order.status);

  useEffect(() => {
    if (over) return;
    return follow<OrderUpdatedSubscription>({
      address,
      document,
      documentId,
      variables: { id, accessToken },
      ...(!accessToken && { authorization: sessionAuthorization }),
      // Two connections may cross: what is older than what is known is dropped.
      onResult: ({ orderUpdated: told }) => told && setHeard((known) => (told.version >= known.version ? told : known)),
      onConnection: setConnected,
    });
  }, [id, accessToken, address, document, documentId, over]);

  useEffect(() => {
    if (connected || over) return;
    const timer = setInterval(() => router.refresh(), REREAD_EVERY_MS);
    return () => clearInterval(timer);
  }, [connected, over, router]);

  return { order, connected: connected || over };
}

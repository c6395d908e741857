'use client';

import { useCallback, useEffect, useState } from 'react';
import type { OrderUpdatedSubscription, OrderViewFragment } from '#generated/graphql.ts';
import { follow, type LiveDocument } from '#graphql/live.ts';
import { orderNow } from './order-now.action.ts';
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
 * The order as it is now. Events replace what the server rendered; while there is no connection it is read again every
 * few seconds, so that it goes on even where sockets are blocked.
 */
export function useLiveOrder(
  rendered: OrderViewFragment,
  { address, document, documentId, accessToken }: LiveOrderSource,
) {
  const [heard, setHeard] = useState(rendered);
  const [connected, setConnected] = useState(true);
  const order = heard.version >= rendered.version ? heard : rendered;
  const { id } = rendered;
  const over = isFinal(order.status);
  // Two connections may cross: what is older than what is known is dropped.
  const hear = useCallback(
    (told: OrderViewFragment) => setHeard((known) => (told.version >= known.version ? told : known)),
    [],
  );

  useEffect(() => {
    if (over) return;
    return follow<OrderUpdatedSubscription>({
      address,
      document,
      documentId,
      variables: { id, accessToken },
      ...(!accessToken && { authorization: sessionAuthorization }),
      onResult: ({ orderUpdated: told }) => told && hear(told),
      onConnection: setConnected,
    });
  }, [id, accessToken, address, document, documentId, over, hear]);

  useEffect(() => {
    if (connected || over) return;
    let stopped = false;
    const timer = setInterval(async () => {
      // Only the order is asked for: a whole page that cannot be made would take the place of this one.
      const told = await orderNow(id).catch(() => null);
      if (told && !stopped) hear(told);
    }, REREAD_EVERY_MS);
    return () => {
      stopped = true;
      clearInterval(timer);
    };
  }, [connected, over, id, hear]);

  return { order, connected: connected || over };
}

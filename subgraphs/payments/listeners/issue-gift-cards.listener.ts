import { defineListener } from '#platform/outbox/listener.ts';
import { giftCardsBought } from '#subgraphs/orders/contracts/orders.events.ts';
import { database } from '../database.ts';
import { makeCards, tellCards } from '../gift-cards/sold-cards.ts';

const CONSUMER = 'payments-issue-gift-cards';

/**
 * A paid order's gift cards, one a unit. What was taken back before, because the order was cancelled or refunded at the same
 * moment, stays so.
 */
export const issueBoughtGiftCards = defineListener(giftCardsBought, CONSUMER, ({ id, payload }) =>
  database.transaction(async (client) => {
    const noted = await client.query(
      'INSERT INTO handled (event_id, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [id, CONSUMER],
    );
    if (noted.rowCount === 0) return;
    await makeCards(client, payload);
    await tellCards(client, payload);
  }),
);

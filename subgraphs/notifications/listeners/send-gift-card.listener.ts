import { defineListener } from '#platform/outbox/listener.ts';
import { giftCardForMail, giftCardIssued } from '#subgraphs/payments/contracts/gift-cards.ts';
import { shopMailer } from '../mailer/shop-mailer.ts';
import { giftCardMail } from '../mails/gift-card.mail.tsx';

const CONSUMER = 'notifications-gift-card';

/** Once a card. */
export const sendGiftCard = defineListener(giftCardIssued, CONSUMER, async ({ id, payload }, context) => {
  const { giftCardId, email, message } = payload;
  const { giftCardForMail: card } = await context.ask(giftCardForMail, { id: giftCardId });
  if (!card) throw new Error(`The gift card ${giftCardId} was announced and is not there.`);
  await shopMailer.send(
    { kind: 'gift-card', subjectId: giftCardId, to: email, ...(await giftCardMail({ ...card, message })) },
    { eventId: id, consumer: CONSUMER },
  );
});

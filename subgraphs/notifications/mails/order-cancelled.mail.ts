import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { button, type Letter, letter, orderLink, paragraph, smallPrint } from './letter.ts';

/** To who placed an order that is cancelled, by whomever. */
export function orderCancelledMail(order: OrderForMail, { reason }: { reason: string | null }): Letter {
  const link = orderLink(order);
  const heading = 'Your order is cancelled';
  const news = `Your order ${order.number} was cancelled. Nothing of it will be sent.`;
  const why = reason ? `The reason given: ${reason}` : '';
  const money =
    order.paymentStatus === 'REFUNDED'
      ? 'What you paid goes back the way it came. Banks take up to ten days to show it.'
      : 'You were not charged for it.';
  return letter(
    `Your order ${order.number} is cancelled`,
    [heading, news, why, money, `See the order: ${link}`].filter(Boolean).join('\n\n'),
    heading,
    [paragraph(news), ...(why ? [paragraph(why)] : []), button('See the order', link), smallPrint(money)],
  );
}

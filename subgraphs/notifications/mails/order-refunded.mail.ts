import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { shown } from './amount.ts';
import { button, type Letter, letter, orderLink, paragraph, smallPrint } from './letter.ts';

/** To who paid, once for each refund. */
export function orderRefundedMail(order: OrderForMail, refund: { amount: string; currency: string }): Letter {
  const link = orderLink(order);
  const heading = `${shown(refund)} goes back to you`;
  const news = `We are refunding ${shown(refund)} of your order ${order.number}, the way it was paid.`;
  const terms = 'Banks take up to ten days to show it.';
  return letter(
    `A refund for your order ${order.number}`,
    `${heading}

${news}

${terms}

See the order: ${link}`,
    heading,
    [paragraph(news), button('See the order', link), smallPrint(terms)],
  );
}

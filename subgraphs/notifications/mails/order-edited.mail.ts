import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { shown } from './amount.ts';
import { button, type Letter, letter, orderLink, paragraph } from './letter.ts';

/** To who ordered, once for each change: what is to be paid, or what goes back. */
export function orderEditedMail(
  order: OrderForMail,
  { balance, refund, currency }: { balance: string; refund: string; currency: string },
): Letter {
  const link = orderLink(order);
  const due = isSome(balance) ? shown({ amount: balance, currency }) : null;
  const back = isSome(refund) ? shown({ amount: refund, currency }) : null;
  const news = due
    ? `We changed your order ${order.number} as agreed. It costs ${due} more, and goes on once that is paid.`
    : `We changed your order ${order.number} as agreed.${back ? ` It costs less now: ${back} goes back to you, the way it was paid.` : ''}`;
  const heading = due ? `${due} to pay for your order` : 'Your order was changed';
  const deed = due ? 'See and pay the order' : 'See the order';
  return letter(
    due ? `Your order ${order.number} waits for a payment` : `Your order ${order.number} was changed`,
    `${heading}

${news}

${deed}: ${link}`,
    heading,
    [paragraph(news), button(deed, link)],
  );
}

const isSome = (amount: string): boolean => /[1-9]/.test(amount);

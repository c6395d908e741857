import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { button, type Letter, letter, orderLink, paragraph, smallPrint } from './letter.ts';

/** To who asked to send something back. */
export function returnDecidedMail(
  order: OrderForMail,
  { approved, reason }: { approved: boolean; reason: string | null },
): Letter {
  const link = orderLink(order);
  const heading = approved ? 'Please send it back' : 'We cannot take it back';
  const news = approved
    ? `Your return from order ${order.number} is approved. Put the number ${order.number} into the parcel.`
    : `Your return from order ${order.number} was not accepted.`;
  const more = approved
    ? 'The refund follows when the goods have arrived.'
    : reason
      ? `The reason: ${reason}`
      : 'Answer this message if you think that this is a mistake.';
  return letter(
    approved ? `Your return from order ${order.number} is approved` : `About your return from order ${order.number}`,
    `${heading}

${news}

${more}

See the order: ${link}`,
    heading,
    [paragraph(news), button('See the order', link), smallPrint(more)],
  );
}

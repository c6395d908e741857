import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { Deed, defineLetter, orderLink, SmallPrint, Title, Words } from './letter.tsx';
import { When } from './template.ts';

const letter = defineLetter<{ number: string; reason: string | null; money: string; link: string }>(
  { subject: ({ number }) => `Your order ${number} is cancelled`, preview: ({ money }) => money },
  ({ number, reason, money, link }) => (
    <>
      <Title>Your order is cancelled</Title>
      <Words>Your order {number} was cancelled. Nothing of it will be sent.</Words>
      <When value={reason}>
        <Words>The reason given: {reason}</Words>
      </When>
      <Deed label="See the order" to={link} />
      <SmallPrint>{money}</SmallPrint>
    </>
  ),
);

/** To who placed an order that is cancelled, by whomever. */
export const orderCancelledMail = (order: OrderForMail, { reason }: { reason: string | null }) =>
  letter({
    number: order.number,
    reason,
    link: orderLink(order),
    money:
      order.paymentStatus === 'REFUNDED'
        ? 'What you paid goes back the way it came. Banks take up to ten days to show it.'
        : 'You were not charged for it.',
  });

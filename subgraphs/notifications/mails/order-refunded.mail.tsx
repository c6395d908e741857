import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { shown } from './amount.ts';
import { Deed, defineLetter, orderLink, SmallPrint, Title, Words } from './letter.tsx';

const letter = defineLetter<{ amount: string; number: string; link: string }>(
  {
    subject: ({ number }) => `A refund for your order ${number}`,
    preview: ({ amount }) => `${amount}, the way it was paid.`,
  },
  ({ amount, number, link }) => (
    <>
      <Title>{amount} goes back to you</Title>
      <Words>
        We are refunding {amount} of your order {number}, the way it was paid.
      </Words>
      <Deed label="See the order" to={link} />
      <SmallPrint>Banks take up to ten days to show it.</SmallPrint>
    </>
  ),
);

/** To who paid, once for each refund. */
export const orderRefundedMail = (order: OrderForMail, refund: { amount: string; currency: string }) =>
  letter({ amount: shown(refund), number: order.number, link: orderLink(order) });

import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { Deed, defineLetter, orderLink, SmallPrint, Title, Words } from './letter.tsx';

interface Decision {
  approved: boolean;
  reason: string | null;
}

const approval = defineLetter<{ number: string; link: string }>(
  {
    subject: ({ number }) => `Your return from order ${number} is approved`,
    preview: () => 'The refund follows when the goods have arrived.',
  },
  ({ number, link }) => (
    <>
      <Title>Please send it back</Title>
      <Words>
        Your return from order {number} is approved. Put the number {number} into the parcel.
      </Words>
      <Deed label="See the order" to={link} />
      <SmallPrint>The refund follows when the goods have arrived.</SmallPrint>
    </>
  ),
);

const rejection = defineLetter<{ number: string; more: string; link: string }>(
  { subject: ({ number }) => `About your return from order ${number}`, preview: ({ more }) => more },
  ({ number, more, link }) => (
    <>
      <Title>We cannot take it back</Title>
      <Words>Your return from order {number} was not accepted.</Words>
      <Deed label="See the order" to={link} />
      <SmallPrint>{more}</SmallPrint>
    </>
  ),
);

/** To who asked to send something back. */
export function returnDecidedMail(order: OrderForMail, { approved, reason }: Decision) {
  const about = { number: order.number, link: orderLink(order) };
  const more = reason ? `The reason: ${reason}` : 'Answer this message if you think that this is a mistake.';
  return approved ? approval(about) : rejection({ ...about, more });
}

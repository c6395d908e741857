import type { OrderForShipmentMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { Deed, defineLetter, orderLink, SmallPrint, Title, Words } from './letter.tsx';

const letter = defineLetter<{ number: string; link: string }>(
  { subject: ({ number }) => `Your order ${number} has arrived`, preview: () => 'All of it was delivered.' },
  ({ number, link }) => (
    <>
      <Title>Your order has arrived</Title>
      <Words>All of your order {number} was delivered.</Words>
      <Deed label="See the order" to={link} />
      <SmallPrint>
        Something missing, broken or not as you thought? On the page of the order you can send it back.
      </SmallPrint>
    </>
  ),
);

/** To the shopper, when all of the order was delivered. */
export const orderDeliveredMail = (order: OrderForShipmentMail) =>
  letter({ number: order.number, link: orderLink(order) });

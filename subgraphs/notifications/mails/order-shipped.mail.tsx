import type { OrderForShipmentMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { goodsOf } from './goods.ts';
import { Deed, defineLetter, GoodsRow, orderLink, Rows, SmallPrint, Title, Words } from './letter.tsx';
import { Each, When } from './template.ts';

type Content = {
  number: string;
  link: string;
  heading: string;
  news: string;
  lines: { title: string; options: string; quantity: number }[];
  rest: string | null;
};

const letter = defineLetter<Content>(
  { subject: ({ heading, number }) => `${heading}: ${number}`, preview: ({ news }) => news },
  ({ link, heading, news, lines, rest }) => (
    <>
      <Title>{heading}</Title>
      <Words>{news}</Words>
      <Deed label="Follow the parcel" to={link} />
      <Rows>
        <Each of={lines}>
          {({ title, options, quantity }) => <GoodsRow title={title} options={options} quantity={quantity} />}
        </Each>
      </Rows>
      <When value={rest}>
        <SmallPrint>{rest}</SmallPrint>
      </When>
    </>
  ),
);

/** To the shopper, for each parcel that leaves: what is in it. */
export function orderShippedMail(order: OrderForShipmentMail, parcel: { lineId: string; quantity: number }[]) {
  const packed = new Map(parcel.map(({ lineId, quantity }) => [lineId, quantity]));
  // Gift cards were mailed: no parcel is to bring them.
  const isAll = order.lines.every(({ id, quantity, isGiftCard }) => isGiftCard || (packed.get(id) ?? 0) >= quantity);
  return letter({
    number: order.number,
    link: orderLink(order),
    heading: isAll ? 'Your order is on its way' : 'Part of your order is on its way',
    news: `The carrier has a parcel of your order ${order.number} now.`,
    lines: order.lines
      .filter(({ id }) => packed.has(id))
      .map((line) => ({ ...goodsOf(line), quantity: packed.get(line.id) ?? 0 })),
    rest: isAll ? null : 'The rest comes in a parcel of its own; we write again when it leaves.',
  });
}

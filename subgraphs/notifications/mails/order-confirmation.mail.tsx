import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { shown } from './amount.ts';
import { goodsOf } from './goods.ts';
import { Deed, defineLetter, GoodsRow, orderLink, Rows, SmallPrint, SumRow, Title, Words, Written } from './letter.tsx';
import { Each } from './template.ts';

type Content = {
  number: string;
  link: string;
  lines: { title: string; options: string; quantity: number; amount: string }[];
  subtotal: string;
  shipping: string;
  taxLabel: string;
  tax: string;
  total: string;
  delivery: string;
  address: { line: string }[];
};

const letter = defineLetter<Content>(
  {
    subject: ({ number }) => `Your order ${number} is confirmed`,
    preview: ({ total }) => `${total}. We are getting it ready.`,
  },
  ({ number, link, lines, subtotal, shipping, taxLabel, tax, total, delivery, address }) => (
    <>
      <Title>Thank you for your order</Title>
      <Words>Your order {number} is confirmed, and we are getting it ready.</Words>
      <Deed label="Follow the order" to={link} />
      <Rows>
        <Each of={lines}>
          {({ title, options, quantity, amount }) => (
            <GoodsRow title={title} options={options} quantity={quantity} amount={amount} />
          )}
        </Each>
      </Rows>
      <Rows>
        <SumRow label="Subtotal" amount={subtotal} />
        <SumRow label="Delivery" amount={shipping} />
        <SumRow label={taxLabel} amount={tax} />
        <SumRow label="Total" amount={total} strong />
      </Rows>
      <SmallPrint>Delivery: {delivery}</SmallPrint>
      <SmallPrint>
        <Each of={address}>{({ line }) => <Written>{line}</Written>}</Each>
      </SmallPrint>
    </>
  ),
);

/** To the shopper, once the order stands. Its link opens the order for guests as well. */
export const orderConfirmationMail = (order: OrderForMail) =>
  letter({
    number: order.number,
    link: orderLink(order),
    lines: order.lines.map((line) => ({ ...goodsOf(line), quantity: line.quantity, amount: shown(line.total) })),
    subtotal: shown(order.cost.subtotal),
    shipping: shown(order.cost.shipping),
    taxLabel: order.cost.taxIncluded ? 'Tax included' : 'Tax',
    tax: shown(order.cost.tax),
    total: shown(order.cost.total),
    delivery: `${order.deliveryOption.title}, ${days(order.deliveryOption.estimatedDays)}`,
    address: addressLines(order).map((line) => ({ line })),
  });

function addressLines({ deliveryAddress: address }: OrderForMail): string[] {
  const lines = [address.name, address.line1, address.line2, `${address.postalCode} ${address.city}`];
  return [...lines, countries.of(address.country) ?? null].filter((line) => line !== null);
}

const days = ({ min, max }: { min: number; max: number }): string =>
  max === 0 ? 'as soon as it is paid' : min === max ? `${max} ${max === 1 ? 'day' : 'days'}` : `${min} to ${max} days`;

const countries = new Intl.DisplayNames('en', { type: 'region' });

import type { OrderForMail } from '#subgraphs/orders/contracts/order-for-mail.ts';
import { shown } from './amount.ts';
import { Deed, defineLetter, orderLink, Title, Words } from './letter.tsx';
import { When } from './template.ts';

const bill = defineLetter<{ due: string; number: string; link: string }>(
  { subject: ({ number }) => `Your order ${number} waits for a payment`, preview: ({ due }) => `${due} to pay.` },
  ({ due, number, link }) => (
    <>
      <Title>{due} to pay for your order</Title>
      <Words>
        We changed your order {number} as agreed. It costs {due} more, and goes on once that is paid.
      </Words>
      <Deed label="See and pay the order" to={link} />
    </>
  ),
);

const news = defineLetter<{ back: string | null; number: string; link: string }>(
  { subject: ({ number }) => `Your order ${number} was changed`, preview: () => 'As agreed.' },
  ({ back, number, link }) => (
    <>
      <Title>Your order was changed</Title>
      <Words>
        We changed your order {number} as agreed.
        <When value={back}> It costs less now: {back} goes back to you, the way it was paid.</When>
      </Words>
      <Deed label="See the order" to={link} />
    </>
  ),
);

/** To who ordered, once for each change: what is to be paid, or what goes back. */
export function orderEditedMail(
  order: OrderForMail,
  { balance, refund, currency }: { balance: string; refund: string; currency: string },
) {
  const about = { number: order.number, link: orderLink(order) };
  if (isSome(balance)) return bill({ ...about, due: shown({ amount: balance, currency }) });
  return news({ ...about, back: isSome(refund) ? shown({ amount: refund, currency }) : null });
}

const isSome = (amount: string): boolean => /[1-9]/.test(amount);

import { Deed, defineLetter, SmallPrint, storefrontLink, Title, Words } from './letter.tsx';

const letter = defineLetter<{ number: string; link: string }>(
  {
    subject: ({ number }) => `Your order ${number}`,
    preview: () => 'The link that you asked for.',
  },
  ({ number, link }) => (
    <>
      <Title>Your order</Title>
      <Words>Somebody, most likely you, asked to see order {number}.</Words>
      <Deed label="See the order" to={link} />
      <SmallPrint>The link is good for one hour, and once.</SmallPrint>
      <SmallPrint>If it was not you, leave this message alone: nobody has seen the order.</SmallPrint>
    </>
  ),
);

/** To the address of an order that somebody looks for by number and e-mail. */
export const orderLookupMail = ({ number, token }: { number: string; token: string }) =>
  letter({ number, link: storefrontLink('/orders/lookup', { token }) });

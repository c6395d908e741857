import { notificationsConfig } from '../config.ts';
import { Deed, defineLetter, GoodsRow, Rows, SmallPrint, Title, type Unsubscribe, Words } from './letter.tsx';
import { Each } from './template.ts';

type Content = { link: string; lines: { title: string; quantity: number }[] };

const letter = defineLetter<Content>(
  { subject: () => 'Your cart is still here', preview: ({ lines }) => lines.map(({ title }) => title).join(', ') },
  ({ link, lines }) => (
    <>
      <Title>Your cart is still here</Title>
      <Words>You left something in it. Nothing is held back for you, so here it is while it lasts.</Words>
      <Rows>
        <Each of={lines}>{({ title, quantity }) => <GoodsRow title={title} options="" quantity={quantity} />}</Each>
      </Rows>
      <Deed label="Go to the cart" to={link} />
      <SmallPrint>
        It opens in the browser in which you filled it, or in your account. We write once about a cart.
      </SmallPrint>
    </>
  ),
);

/** To who filled a cart, gave an address and went away. */
export const cartReminderMail = (lines: Content['lines'], unsubscribe: Unsubscribe) =>
  letter({ link: `${notificationsConfig.storefrontUrl}/cart`, lines }, unsubscribe);

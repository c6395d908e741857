import { notificationsConfig } from '../config.ts';
import { shown } from './amount.ts';
import { Deed, defineLetter, SmallPrint, Title, Words } from './letter.tsx';
import { When } from './template.ts';

const { shopName, storefrontUrl } = notificationsConfig;

const letter = defineLetter<{ amount: string; code: string; message: string }>(
  {
    subject: ({ amount }) => `A gift card for ${shopName}, ${amount}`,
    preview: () => 'Its code is inside. Keep it like money.',
  },
  ({ amount, code, message }) => (
    <>
      <Title>{amount} to spend as you like</Title>
      <When value={message}>
        <Words>{message}</Words>
      </When>
      <Words>The code of your gift card is {code}. Type it where you pay; what it has left stays on it.</Words>
      <Deed label="Look around" to={`${storefrontUrl}/`} />
      <SmallPrint>Whoever has the code can spend it. Keep it like money.</SmallPrint>
    </>
  ),
);

/** To who was given a card. */
export const giftCardMail = (card: {
  readonly code: string;
  readonly amount: { readonly amount: string; readonly currency: string };
  readonly message: string | null;
}) => letter({ amount: shown(card.amount), code: card.code, message: card.message ?? '' });

import { notificationsConfig } from '../config.ts';
import { Deed, defineLetter, SmallPrint, Title, Words } from './letter.tsx';

const { shopName, storefrontUrl } = notificationsConfig;

const letter = defineLetter<Record<never, never>>(
  { subject: () => `Your account at ${shopName} is ready`, preview: () => 'Your address is confirmed.' },
  () => (
    <>
      <Title>Your account is ready</Title>
      <Words>
        Your address is confirmed. Orders that were placed with it before are in your account now, and every new one can
        be followed there as it moves.
      </Words>
      <Deed label="Look around" to={`${storefrontUrl}/`} />
      <SmallPrint>In your account you choose what we write to you about.</SmallPrint>
    </>
  ),
);

/** To a customer whose address is confirmed. */
export const welcomeMail = () => letter({});

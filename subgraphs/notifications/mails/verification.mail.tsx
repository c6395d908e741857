import { notificationsConfig } from '../config.ts';
import { greeting } from './greeting.ts';
import { Deed, defineLetter, SmallPrint, storefrontLink, Title, Words } from './letter.tsx';

const { shopName } = notificationsConfig;

const letter = defineLetter<{ heading: string; link: string }>(
  {
    subject: () => `Welcome to ${shopName}: please confirm your address`,
    preview: () => 'One step and the account is yours.',
  },
  ({ heading, link }) => (
    <>
      <Title>{heading}</Title>
      <Words>You have an account at {shopName} now. Please confirm that this address is yours.</Words>
      <Deed label="Confirm the address" to={link} />
      <SmallPrint>
        The link is good for three days. If you did not make this account, leave this message alone: nothing happens.
      </SmallPrint>
    </>
  ),
);

/** To a new customer: proves the address by its link. */
export const verificationMail = ({ name, verificationToken }: { name: string | null; verificationToken: string }) =>
  letter({ heading: greeting('Welcome', name), link: storefrontLink('/account/verify', { token: verificationToken }) });

import { notificationsConfig } from '../config.ts';
import { Deed, defineLetter, SmallPrint, storefrontLink, Title, Words } from './letter.tsx';

const letter = defineLetter<{ link: string }>(
  { subject: () => 'Choose a new password', preview: () => 'The link is good for one hour, and once.' },
  ({ link }) => (
    <>
      <Title>Choose a new password</Title>
      <Words>Somebody, most likely you, asked for a new password at {notificationsConfig.shopName}.</Words>
      <Deed label="Choose a new password" to={link} />
      <SmallPrint>
        The link is good for one hour, and once. A new password ends every session of the account.
      </SmallPrint>
      <SmallPrint>If it was not you, leave this message alone: the password stays as it is.</SmallPrint>
    </>
  ),
);

/** To whoever asked for a new password. */
export const passwordResetMail = ({ resetToken }: { resetToken: string }) =>
  letter({ link: storefrontLink('/account/reset', { token: resetToken }) });

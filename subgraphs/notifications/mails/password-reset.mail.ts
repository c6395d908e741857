import { notificationsConfig } from '../config.ts';
import { button, type Letter, letter, paragraph, smallPrint, storefrontLink } from './letter.ts';

/** To whoever asked for a new password. */
export function passwordResetMail({ resetToken }: { resetToken: string }): Letter {
  const link = storefrontLink('/account/reset', { token: resetToken });
  const news = `Somebody, most likely you, asked for a new password at ${notificationsConfig.shopName}.`;
  const terms = 'The link is good for one hour, and once. A new password ends every session of the account.';
  const stranger = 'If it was not you, leave this message alone: the password stays as it is.';
  return letter(
    'Choose a new password',
    `Choose a new password

${news}

Choose it here: ${link}

${terms}
${stranger}`,
    'Choose a new password',
    [paragraph(news), button('Choose a new password', link), smallPrint(terms), smallPrint(stranger)],
  );
}

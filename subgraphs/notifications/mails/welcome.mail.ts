import { notificationsConfig } from '../config.ts';
import { button, type Letter, letter, paragraph, smallPrint, storefrontLink } from './letter.ts';

/** Letters with marks, blanks and what stands inside names. Anything else might be somebody's advertisement. */
const PLAIN_NAME = /^[\p{L}\p{M} '’-]{1,60}$/u;

/** To a new customer: proves the address by its link. */
export function welcomeMail({ name, verificationToken }: { name: string | null; verificationToken: string }): Letter {
  const shop = notificationsConfig.shopName;
  const link = storefrontLink('/account/verify', { token: verificationToken });
  const heading = name && PLAIN_NAME.test(name) ? `Welcome, ${name}` : 'Welcome';
  const news = `You have an account at ${shop} now. Please confirm that this address is yours.`;
  const stranger = 'If you did not make this account, leave this message alone: nothing happens.';
  return letter(
    `Welcome to ${shop}: please confirm your address`,
    `${heading}

${news}

Confirm the address: ${link}

The link is good for three days. ${stranger}`,
    heading,
    [paragraph(news), button('Confirm the address', link), smallPrint(`The link is good for three days. ${stranger}`)],
  );
}

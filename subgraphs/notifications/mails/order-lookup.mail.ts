import { button, type Letter, letter, paragraph, smallPrint, storefrontLink } from './letter.ts';

/** To the address of an order that somebody looks for by number and e-mail. */
export function orderLookupMail({ number, token }: { number: string; token: string }): Letter {
  const link = storefrontLink('/orders/lookup', { token });
  const heading = 'Your order';
  const news = `Somebody, most likely you, asked to see order ${number}.`;
  const terms = 'The link is good for one hour, and once.';
  const stranger = 'If it was not you, leave this message alone: nobody has seen the order.';
  return letter(
    `Your order ${number}`,
    `${heading}

${news}

See it here: ${link}

${terms}
${stranger}`,
    heading,
    [paragraph(news), button('See the order', link), smallPrint(terms), smallPrint(stranger)],
  );
}

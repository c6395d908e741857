import { GiftCardDocument } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';
import { readGiftCodes } from './gift-card-cookie.ts';
import type { GiftCardBalance } from './gift-card-parts.ts';

/** The gift cards that are to pay, as they are now. */
export async function chosenGiftCards(): Promise<GiftCardBalance[]> {
  const codes = await readGiftCodes();
  const answers = await Promise.all(codes.map((code) => request(GiftCardDocument, { code }).catch(() => null)));
  return answers.flatMap((answer) => (answer?.giftCard ? [answer.giftCard] : []));
}

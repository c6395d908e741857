import { createHash } from 'node:crypto';
import type { ReviewSeed } from '#subgraphs/reviews/seed-reviews.ts';
import { productId } from './demo-catalog.ts';
import { demoDate, demoId, SHOP_OPENED } from './demo-id.ts';
import { GOODS } from './goods/all-goods.ts';
import type { DemoGood } from './goods/good.ts';

const AUTHORS = [
  ...['Leïla B.', 'Tomasz K.', 'Marta S.', 'Hugo D.', 'Ingrid N.', 'Yusuf A.', 'Clara M.', 'Noah W.', 'Aylin Ö.'],
  ...['Pierre L.', 'Giulia R.', 'Samir H.', 'Astrid F.', 'Mateus C.', 'Nour E.', 'Eva V.', 'Jakob T.', 'Rosa P.'],
];

/** Said of anything in the shop, so that they fit whatever they are drawn for. */
const TEXTS: readonly (readonly [rating: number, title: string | null, body: string])[] = [
  [
    5,
    'Exactly as shown',
    'The color is the one in the picture, which is rare. It has been in daily use since it came.',
  ],
  [5, 'A present that was kept', 'Bought it to give away and kept it. Had to order a second one.'],
  [5, null, 'Well made, well packed, and here two days earlier than promised.'],
  [5, 'Worth the wait', 'It was sold out when I first looked. I am glad that I came back for it.'],
  [
    5,
    'Better in the hand',
    'Pictures do not show how carefully it is finished. The underside is as clean as the front.',
  ],
  [5, null, 'My mother has one that is thirty years old. This one feels as if it could get there.'],
  [5, 'No complaints', 'Does what it should and looks good doing it. I would buy it again.'],
  [4, 'Very nice, a little smaller than I thought', 'Measure before you order. Apart from that it is lovely.'],
  [4, null, 'Good quality for the price. One star less for the packaging, which had suffered on the way.'],
  [4, 'Pleased', 'The second thing I have bought from this seller, and as good as the first.'],
  [4, null, 'Nicely made. It took a few weeks until I liked the color as much as I do now.'],
  [
    4,
    'Good, with a small flaw',
    'There was a tiny mark at one edge. Nobody sees it but me, and it was not worth a return.',
  ],
  [3, 'It is all right', 'Neither more nor less than what was described. I had hoped for a bit more weight to it.'],
  [3, null, 'Pretty, but I do not use it as often as I thought I would.'],
  [2, 'Not for me', 'The shade is warmer than on my screen. Sending it back was easy, I must say.'],
];

/** Some goods have many opinions, some none, as in a real shop; every filling draws the same. */
export const demoReviews = (): ReviewSeed[] => GOODS.filter(({ giftCard }) => !giftCard).flatMap(reviewsOf);

function reviewsOf(good: DemoGood): ReviewSeed[] {
  const draw = drawFrom(good.handle);
  const authors = shuffled(AUTHORS, draw).slice(0, draw(9));
  const texts = shuffled(TEXTS, draw);
  const opened = demoDate(good.handle).getTime();
  return authors.map((author, i) => {
    const [rating, title, body] = texts[i]!;
    // From the day it came into the shop on, a few days apart.
    const createdAt = new Date(opened + (i + 1) * 86_400_000 * (1 + draw(6)) + draw(86_400) * 1_000);
    const name = `${good.handle} ${author}`;
    return {
      ...{ id: demoId('rev', name, createdAt), productId: productId(good), author, rating, title, body, createdAt },
      ...{ customerId: demoId('cus', author, SHOP_OPENED), verified: draw(5) > 0 },
    };
  });
}

/** Numbers from 0 up to, not including, what is asked for: the same for the same name. */
function drawFrom(name: string): (below: number) => number {
  let state = createHash('sha256').update(`reviews of ${name}`).digest();
  return (below) => {
    state = createHash('sha256').update(state).digest();
    return state.readUInt32BE(0) % below;
  };
}

function shuffled<Item>(items: readonly Item[], draw: (below: number) => number): Item[] {
  const left = [...items];
  return items.map(() => left.splice(draw(left.length), 1)[0]!);
}

import { createHash } from 'node:crypto';
import type { ProductTraits } from '#subgraphs/catalog/contracts/product-traits.ts';
import type { AdSeed, DiscoverySeed } from '#subgraphs/discovery/seed-discovery.ts';

import { categoryId, productId } from './demo-catalog.ts';
import { demoDate, demoId, SHOP_OPENED } from './demo-id.ts';
import { CATEGORIES, GOODS } from './goods/all-goods.ts';
import type { DemoGood } from './goods/good.ts';

/** Nobody has ordered anything in a new shop: these baskets are made up, so that the demo shows what goes with what. */
export const demoDiscovery = (): DiscoverySeed => ({
  products: GOODS.map(traitsOf),
  baskets: GOODS.flatMap(basketsWith),
  ads: ADS.map(adOf),
});

function traitsOf(good: DemoGood): ProductTraits {
  const { parent, title } = CATEGORIES.find(({ handle }) => handle === good.category)!;
  const above = CATEGORIES.find(({ handle }) => handle === parent);
  return {
    ...{ id: productId(good), published: true, title: good.title, brand: good.brand, tags: [...good.tags] },
    ...{
      categoryId: categoryId(good.category),
      aisleId: categoryId(above?.handle ?? good.category),
      categoryTitles: [title, ...(above ? [above.title] : [])],
    },
    priceMinor: String(Math.min(...good.variants.map(({ priceCents }) => priceCents))),
    createdAt: demoDate(good.handle).toISOString(),
    version: 1,
  };
}

const BASKETS_A_GOOD = 6;
const COMPANIONS = 5;

/** Each good is bought again and again with some of its companions: those of other categories that it shares a use with. */
function basketsWith(good: DemoGood): DiscoverySeed['baskets'] {
  const companions = GOODS.filter(({ category }) => category !== good.category)
    .map((other) => ({ other, closeness: closenessOf(good, other) }))
    .sort((a, b) => b.closeness - a.closeness)
    .slice(0, COMPANIONS)
    .map(({ other }) => other);
  return Array.from({ length: BASKETS_A_GOOD }, (_, n) => {
    const name = `${good.handle} ${n}`;
    const picked = [companions[n % COMPANIONS]!, companions[Math.floor(chance(name) * COMPANIONS)]!];
    const productIds = [...new Set([good, ...picked].map(productId))];
    return { orderId: demoId('ord', `made up: ${name}`, SHOP_OPENED), productIds };
  });
}

/** The same use counts most, then the same aisle, then chance, which is the same at every filling. */
function closenessOf(a: DemoGood, b: DemoGood): number {
  const shared = a.tags.filter((tag) => b.tags.includes(tag)).length;
  return 2 * shared + (aisleOf(a) === aisleOf(b) ? 1 : 0) + chance([a.handle, b.handle].sort().join(' '));
}

const aisleOf = (good: DemoGood) => CATEGORIES.find(({ handle }) => handle === good.category)?.parent;

/** From 0 to 1, the same for the same name. */
const chance = (name: string): number => createHash('sha256').update(name).digest().readUInt32BE(0) / 2 ** 32;

interface DemoAd {
  readonly text: string;
  readonly good: string;
  readonly contexts: readonly string[];
}

const ADS: readonly DemoAd[] = [
  ad(
    'round-belly-teapot',
    'The water is hot. All it lacks is a pot that pours without dripping.',
    'category:kitchen',
    'cart',
  ),
  ad(
    'house-coffee',
    'Roasted on Tuesday, sent on Wednesday, in your cup before the weekend.',
    'category:pantry',
    'cart',
  ),
  ad('pear-table-lamp', 'A small lamp for the corner that the big one never reaches.', 'category:rooms'),
  ad('picnic-blanket', 'Dry grass is optional: a blanket with a strap, for wherever you stop.', 'category:woven'),
  ad('linen-shirt', 'Linen that was washed before you, so that it is soft from the first day.', 'category:clothing'),
  ad('weekend-bag', 'Two nights, one bag, and room for what you bring back.', 'category:outdoors'),
  ad('olive-oil-soap', 'A bar that rested for weeks, so that you can rest for ten minutes.', 'category:bath', 'cart'),
  ad('pocket-notebooks', 'For the thought that will not wait until you are home.', 'category:study'),
];

function ad(good: string, text: string, ...contexts: string[]): DemoAd {
  return { good, text, contexts };
}

function adOf({ text, good, contexts }: DemoAd): AdSeed {
  const product = GOODS.find(({ handle }) => handle === good)!;
  return { id: demoId('ad', text, SHOP_OPENED), text, productId: productId(product), contexts };
}

import { announceChange } from '#platform/cache/changes.ts';
import { fileStore } from '#platform/files/open-file-store.ts';
import { blurPreview } from '#platform/files/read-picture.ts';
import { seedDemoAccounts } from '#subgraphs/accounts/seed-demo-accounts.ts';
import { seedSynonyms } from '#subgraphs/catalog/search/synonyms.ts';
import { isCatalogEmpty, seedCatalog } from '#subgraphs/catalog/seed-catalog.ts';
import { seedDiscovery } from '#subgraphs/discovery/seed-discovery.ts';
import { seedStock } from '#subgraphs/inventory/seed-stock.ts';
import { seedDemoCurrencies } from '#subgraphs/pricing/seed-currencies.ts';
import { seedDemoPromotions } from '#subgraphs/pricing/seed-promotions.ts';
import { seedReviews } from '#subgraphs/reviews/seed-reviews.ts';
import { DEMO_MEMBER, type DemoPicture, demoCatalog, picturesOf, variantId } from './demo-catalog.ts';
import { demoDiscovery } from './demo-discovery.ts';
import { demoReviews } from './demo-reviews.ts';
import { rasterizeGood } from './drawings/rasterize.ts';
import { GOODS } from './goods/all-goods.ts';

export interface Filling {
  /** Names of the subgraphs of this process; each has its database open. */
  readonly subgraphs: readonly string[];
  /** Takes a line about what is going on, a few times in all. */
  readonly progress: (line: string) => void;
}

/** What means the same on the demo shelves. */
const SYNONYMS = [
  'cup,mug,beaker',
  'lamp,light',
  'rug,carpet',
  'scarf,shawl',
  'stool,seat',
  'jar,crock',
  'notebook,journal',
];

/** Sharp's own threads are four: more at once only wait. */
const PICTURES_AT_ONCE = 4;

/**
 * Fills an empty shop with the demo goods, as far as it belongs to the subgraphs here. The catalog is written last and
 * whole, so that one that is not empty says that all is done; after a kill, pictures and stock that are there stay.
 */
export async function fillDemoShop({ subgraphs, progress }: Filling): Promise<void> {
  if (subgraphs.includes('accounts')) await seedDemoAccounts({ [DEMO_MEMBER.email]: DEMO_MEMBER.customerId });
  if (subgraphs.includes('pricing')) {
    await seedDemoPromotions();
    await seedDemoCurrencies();
  }
  if (subgraphs.includes('reviews')) await seedReviews(demoReviews());
  if (subgraphs.includes('discovery')) await seedDiscovery(demoDiscovery());
  const hasCatalog = subgraphs.includes('catalog');
  if (hasCatalog && !(await isCatalogEmpty())) return;
  if (subgraphs.includes('inventory')) await fillStock();
  if (hasCatalog) await fillCatalog(progress);
  // A router of another process may have seen the empty shop.
  await announceChange('Product', 'Variant', 'Category', 'Seller');
}

async function fillStock(): Promise<void> {
  const rows = GOODS.filter(({ giftCard }) => !giftCard).flatMap((good) =>
    good.variants.map((variant) => ({ variantId: variantId(good, variant), onHand: variant.onHand })),
  );
  await seedStock(rows);
}

async function fillCatalog(progress: Filling['progress']): Promise<void> {
  const pictures = new Map(GOODS.map((good) => [good, picturesOf(good)]));
  const previews = await drawPictures([...pictures.values()].flat(), progress);
  const catalog = demoCatalog(pictures, previews);
  await seedCatalog(catalog);
  await seedSynonyms(SYNONYMS);
  const variants = catalog.products.reduce((count, product) => count + product.variants.length, 0);
  progress(`Demo shop: ${catalog.products.length} products in ${variants} variants`);
}

/** Puts what is missing into the file store; answers the blurred preview of each by id. */
async function drawPictures(
  pictures: readonly DemoPicture[],
  progress: Filling['progress'],
): Promise<Map<string, string>> {
  const previews = new Map<string, string>();
  const step = Math.ceil(pictures.length / 4);
  const waiting = pictures.values();
  const draw = async () => {
    for (const { id, key, drawing } of waiting) {
      const kept = await fileStore().get(key);
      const picture = kept ?? (await rasterizeGood(drawing));
      if (!kept) await fileStore().put(key, picture);
      previews.set(id, await blurPreview(picture));
      if (previews.size % step === 0) progress(`Demo shop: ${previews.size} of ${pictures.length} pictures drawn`);
    }
  };
  await Promise.all(Array.from({ length: PICTURES_AT_ONCE }, draw));
  return previews;
}

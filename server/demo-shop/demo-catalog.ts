import { createHash } from 'node:crypto';
import type { CatalogSeed, ProductSeed } from '#subgraphs/catalog/seed-catalog.ts';
import { demoDate, demoId, SHOP_OPENED } from './demo-id.ts';
import { type Drawing, drawGood } from './drawings/draw-good.ts';
import { CATEGORIES, GOODS, SELLERS } from './goods/all-goods.ts';
import type { DemoGood, DemoVariant } from './goods/good.ts';
import { TRANSLATED_CATEGORIES, TRANSLATED_GOODS } from './goods/translations.ts';

const PICTURE_PX = 1200;

/** A picture of a good in one of its colors. */
export interface DemoPicture {
  readonly id: string;
  /** In the file store; it changes with the drawing, since pictures are cached for ever. */
  readonly key: string;
  readonly alt: string;
  readonly drawing: Drawing;
}

export const productId = ({ handle }: DemoGood): string => demoId('prod', handle, demoDate(handle));

export const variantId = (good: DemoGood, variant: DemoVariant): string =>
  demoId('var', variant.sku, demoDate(good.handle));

export const categoryId = (handle: string): string => demoId('cat', handle, SHOP_OPENED);
const sellerId = (handle: string): string => demoId('sel', handle, SHOP_OPENED);
/** Who sells for a seller of the demo shop, and may edit its products. */
export const DEMO_MEMBER = {
  email: 'seller@souk.test',
  customerId: demoId('cus', 'seller@souk.test', SHOP_OPENED),
  seller: 'tamlet-weavers',
};

const imageId = (good: DemoGood, color: string): string =>
  demoId('img', `${good.handle} ${color}`, demoDate(good.handle));

/** One picture a color, in the order of the variants. */
export function picturesOf(good: DemoGood): DemoPicture[] {
  const { hue } = CATEGORIES.find(({ handle }) => handle === good.category)!;
  return colorsOf(good).map((color) => {
    const { kind, shape, accent } = good;
    const drawing: Drawing = { kind, shape, color, hue, ...(accent ? { accent } : {}) };
    const print = createHash('sha256').update(drawGood(drawing)).digest('hex').slice(0, 12);
    return {
      id: imageId(good, color),
      key: `goods/${good.handle}-${print}.webp`,
      alt: [good.title, colorName(good, color)].filter(Boolean).join(', '),
      drawing,
    };
  });
}

const colorsOf = (good: DemoGood): string[] => [...new Set(good.variants.map(({ color }) => color))];

/** The value that only the variants of this color have, e.g. "Indigo"; undefined where there is one color. */
function colorName(good: DemoGood, color: string): string | undefined {
  const [variant] = good.variants.filter((one) => one.color === color);
  const others = good.variants.filter((one) => one.color !== color);
  const isOwn = (value: string) => !others.some(({ options }) => options.some((option) => option.value === value));
  return others.length > 0 ? variant?.options.find(({ value }) => isOwn(value))?.value : undefined;
}

/** The demo shop as catalog writes it; `previews` has the blurred picture of each image id. */
export function demoCatalog(
  pictures: ReadonlyMap<DemoGood, readonly DemoPicture[]>,
  previews: ReadonlyMap<string, string>,
): CatalogSeed {
  return {
    categories: CATEGORIES.map(({ handle, title, description, parent }) => ({
      id: categoryId(handle),
      handle,
      title,
      description,
      parentId: parent === null ? null : categoryId(parent),
      imageId: pictureOfCategory(handle),
      translations: TRANSLATED_CATEGORIES[handle] ?? {},
    })),
    sellers: SELLERS.map(({ handle, name }) => ({
      ...{ id: sellerId(handle), handle, name },
      members: handle === DEMO_MEMBER.seller ? [DEMO_MEMBER.customerId] : [],
    })),
    products: GOODS.map((good) => productOf(good, pictures.get(good) ?? [], previews)),
  };
}

function productOf(
  good: DemoGood,
  pictures: readonly DemoPicture[],
  previews: ReadonlyMap<string, string>,
): ProductSeed {
  return {
    id: productId(good),
    handle: good.handle,
    title: good.title,
    description: good.description,
    brand: good.brand,
    tags: good.tags,
    categoryId: categoryId(good.category),
    sellerId: sellerId(good.seller),
    options: good.options,
    translations: TRANSLATED_GOODS[good.handle] ?? {},
    createdAt: demoDate(good.handle),
    giftCard: good.giftCard ?? false,
    images: pictures.map(({ id, key, alt }) => ({
      id,
      key,
      alt,
      width: PICTURE_PX,
      height: PICTURE_PX,
      blurDataUrl: previews.get(id)!,
    })),
    variants: good.variants.map((variant) => ({
      id: variantId(good, variant),
      sku: variant.sku,
      options: variant.options,
      imageId: imageId(good, variant.color),
      price: variant.priceCents,
      compareAtPrice: variant.compareAtCents ?? null,
      weightGrams: variant.weightGrams,
    })),
  };
}

/** A category is shown by the first thing in it or below it. */
function pictureOfCategory(handle: string): string | null {
  const below = new Set([handle, ...CATEGORIES.filter(({ parent }) => parent === handle).map((child) => child.handle)]);
  const good = GOODS.find(({ category }) => below.has(category));
  return good ? imageId(good, good.variants[0]!.color) : null;
}

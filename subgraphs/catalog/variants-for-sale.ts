import { Arg, Ctx, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { imageUrl } from '#platform/files/image-url.ts';
import { Internal } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MoneyType, shown as toMoneyType } from '#platform/graphql/money.type.ts';
import { CurrencyCodeScalar, DateTimeScalar, UrlScalar } from '#platform/graphql/scalars.ts';
import { parseDecimal } from '#platform/money/money.ts';
import { exchangeInto } from '#subgraphs/pricing/contracts/exchange-rates.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { SelectedOption } from './contracts/selected-option.type.ts';
import { database } from './database.ts';
import { isShopCurrency, priceIn, priceOf } from './price.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'What a cart must know of a variant, in one call.' })
export class VariantForSale {
  @Field(() => ID)
  variantId!: string;

  @Field(() => ID)
  productId!: string;

  @Field(() => [ID], { description: 'The category of the product and all above it.' })
  categoryIds!: string[];

  @Field(() => ID)
  sellerId!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => String, { description: "Its own, else the product's: the options tell its variants apart." })
  title!: string;

  @Field(() => [SelectedOption])
  options!: SelectedOption[];

  @Field(() => UrlScalar, { nullable: true })
  imageUrl?: string | null;

  @Field(() => MoneyType)
  unitPrice!: MoneyType;

  @Field(() => Int)
  weightGrams!: number;

  @Field(() => Boolean)
  sellable!: boolean;

  @Field(() => Boolean)
  isGiftCard!: boolean;
}

const LINE_IMAGE_WIDTH = 320;

@Resolver()
export class VariantsForSaleResolver {
  @Internal()
  @Query(() => [VariantForSale], { nullable: 'items', description: 'In the order of `ids`, null where unknown.' })
  async variantsForSale(
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('currency', () => CurrencyCodeScalar) currency: string,
    @Ctx() context: Context,
    @Arg('ratesAt', () => DateTimeScalar, {
      nullable: true,
      description: 'The moment whose exchange rates count; without it now.',
    })
    ratesAt?: Date | null,
  ): Promise<(VariantForSale | null)[]> {
    const variants = await variantsForSale(ids);
    return isShopCurrency(currency) ? variants : pricedIn(context, variants, currency, ratesAt ?? null);
  }
}

export async function variantsForSale(ids: readonly string[]): Promise<(VariantForSale | null)[]> {
  const rows = await forSale([...new Set(ids)]);
  const found = new Map(rows.map((row) => [row.variant_id, row]));
  return ids.map((id) => {
    const row = found.get(id);
    return row ? shown(row) : null;
  });
}

/** Also in a currency that is no longer sold: carts and orders that have it keep it. */
async function pricedIn(
  context: Context,
  variants: readonly (VariantForSale | null)[],
  currency: string,
  ratesAt: Date | null,
): Promise<(VariantForSale | null)[]> {
  const exchange = await exchangeInto(context, currency, ratesAt?.toISOString() ?? null);
  if (!exchange) throw new Denied('BAD_USER_INPUT', `There are no rates of ${currency}.`);
  return Promise.all(
    variants.map(async (variant) => {
      if (!variant) return null;
      const { minor } = parseDecimal(variant.unitPrice.amount, SHOP.currency)!;
      const { price } = await priceIn(context, exchange, { variantId: variant.variantId, price: minor });
      return { ...variant, unitPrice: toMoneyType(price) };
    }),
  );
}

interface Row {
  variant_id: string;
  product_id: string;
  category_ids: string[];
  seller_id: string;
  sku: string;
  title: string;
  options: SelectedOption[];
  image_key: string | null;
  price: bigint;
  weight_grams: number;
  sellable: boolean;
  gift_card: boolean;
}

const shown = (row: Row): VariantForSale => ({
  variantId: row.variant_id,
  productId: row.product_id,
  categoryIds: row.category_ids,
  sellerId: row.seller_id,
  sku: row.sku,
  title: row.title,
  options: row.options,
  imageUrl: row.image_key && imageUrl(row.image_key, LINE_IMAGE_WIDTH, 'webp'),
  unitPrice: priceOf(row.price),
  weightGrams: row.weight_grams,
  sellable: row.sellable,
  isGiftCard: row.gift_card,
});

const forSale = database.statement<Row>(
  'catalog.variants-for-sale',
  `SELECT v.id AS variant_id, v.product_id, p.category_ids, p.seller_id, v.sku, coalesce(v.title, p.title) AS title, v.options, i.key AS image_key,
     v.price, v.weight_grams, v.published AND p.published AS sellable, p.gift_card
   FROM variant v JOIN product p ON p.id = v.product_id LEFT JOIN image i ON i.id = v.image_id
   WHERE v.id = ANY($1::text[])`,
);

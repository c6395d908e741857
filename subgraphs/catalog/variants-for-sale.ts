import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { imageUrl } from '#platform/files/image-url.ts';
import { Internal } from '#platform/graphql/access.ts';
import { MoneyType } from '#platform/graphql/money.type.ts';
import { CurrencyCodeScalar, UrlScalar } from '#platform/graphql/scalars.ts';
import { SelectedOption } from './contracts/selected-option.type.ts';
import { database } from './database.ts';
import { priceOf, requireShopCurrency } from './price.ts';

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

  @Field(() => String, { description: "The product's; the options tell its variants apart." })
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
}

const LINE_IMAGE_WIDTH = 320;

@Resolver()
export class VariantsForSaleResolver {
  @Internal()
  @Query(() => [VariantForSale], { nullable: 'items', description: 'In the order of `ids`, null where unknown.' })
  async variantsForSale(
    @Arg('ids', () => [ID]) ids: string[],
    @Arg('currency', () => CurrencyCodeScalar) currency: string,
  ): Promise<(VariantForSale | null)[]> {
    requireShopCurrency(currency);
    return variantsForSale(ids);
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
});

const forSale = database.statement<Row>(
  'catalog.variants-for-sale',
  `SELECT v.id AS variant_id, v.product_id, p.category_ids, p.seller_id, v.sku, p.title, v.options, i.key AS image_key,
     v.price, v.weight_grams, v.published AND p.published AS sellable
   FROM variant v JOIN product p ON p.id = v.product_id LEFT JOIN image i ON i.id = v.image_id
   WHERE v.id = ANY($1::text[])`,
);

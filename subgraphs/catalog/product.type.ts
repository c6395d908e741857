import { Args, ArgsType, Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import {
  connectionOf,
  decodeCursor,
  encodeCursor,
  type Page,
  page,
  pageSize,
} from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { MethodField } from '#platform/graphql/method-field.ts';
import { MoneyType, shown } from '#platform/graphql/money.type.ts';
import { DateTimeScalar, LocaleScalar } from '#platform/graphql/scalars.ts';
import { exchanged } from '#platform/money/exchange.ts';
import { money } from '#platform/money/money.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { SelectedOption } from './contracts/selected-option.type.ts';
import { Image, type ImageRow } from './image.type.ts';
import { LocaleArgument } from './locale.ts';
import { MAX_AGE } from './max-age.ts';
import { CurrencyArgument, isShopCurrency, type PriceInCurrency, priceIn, priceOf, soldCurrency } from './price.ts';
import { excerpt } from './rules/excerpt.ts';
import { localeOf, type Translations, translated } from './rules/translated.ts';
import { Facet } from './search/facet.type.ts';
import { Seller } from './seller.type.ts';

@ArgsType()
export class PageArguments {
  @Field(() => Int, { nullable: true, defaultValue: 20 })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

@InputType()
export class SelectedOptionInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@ArgsType()
export class OptionsArgument {
  @Field(() => [SelectedOptionInput])
  options!: SelectedOptionInput[];
}

@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class PriceRange {
  @Field(() => MoneyType)
  min!: MoneyType;

  @Field(() => MoneyType)
  max!: MoneyType;
}

@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class ProductOption {
  @Field(() => String)
  name!: string;

  @Field(() => [String])
  values!: string[];
}

@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class Seo {
  @Field(() => String)
  title!: string;

  @Field(() => String)
  description!: string;
}

/** What of a product its variants are called by. */
interface TitledProduct {
  readonly id: string;
  readonly title: string;
  readonly translations: Translations;
  /** What of a list it is, where that was asked for in one. */
  readonly locale?: string | null | undefined;
}

/** A variant as the statements bring it, within its product or with its product's title. */
export interface VariantRow {
  id: string;
  sku: string;
  /** Its own, where it has one. */
  title?: string | null;
  options: SelectedOption[];
  price: number | bigint;
  compareAtPrice: number | bigint | null;
  weightGrams: number;
}

// Private fields of decorated classes compile to WeakMaps, a tenth of a list's time: these are private by the type only.
@Directive('@key(fields: "id")')
@CacheControl({ maxAge: MAX_AGE })
@ObjectType({ simpleResolvers: true })
export class Variant {
  readonly productId: string;
  private readonly row: VariantRow;
  private readonly product: TitledProduct;

  constructor(row: VariantRow, product: TitledProduct, image: Image | null) {
    this.id = row.id;
    this.sku = row.sku;
    this.options = row.options;
    this.image = image;
    this.weightGrams = row.weightGrams;
    this.productId = product.id;
    this.row = row;
    this.product = product;
  }

  @Field(() => ID)
  id: string;

  @Field(() => String)
  sku: string;

  @MethodField(() => String, {
    description:
      "Its own, else the product's in `locale`, or in the shop's own language, with the values of its options.",
  })
  title(@Args(() => LocaleArgument) { locale }: LocaleArgument): string {
    if (this.row.title != null) return this.row.title;
    const { title: own, translations } = this.product;
    const title = translated(own, translations, 'title', locale ?? this.product.locale);
    return this.options.length ? `${title} (${this.options.map(({ value }) => value).join(', ')})` : title;
  }

  @Field(() => [SelectedOption])
  options: SelectedOption[];

  @Field(() => Image, { nullable: true })
  image: Image | null;

  @MethodField(() => MoneyType, { description: "In the shop's own currency when none is asked for." })
  price(
    @Args(() => CurrencyArgument) { currency }: CurrencyArgument,
    context: Context,
  ): MoneyType | Promise<MoneyType> {
    return isShopCurrency(currency)
      ? priceOf(this.row.price)
      : this.pricesIn(context, currency!).then(({ price }) => shown(price));
  }

  @MethodField(() => MoneyType, { nullable: true })
  compareAtPrice(
    @Args(() => CurrencyArgument) { currency }: CurrencyArgument,
    context: Context,
  ): MoneyType | null | Promise<MoneyType | null> {
    if (!isShopCurrency(currency))
      return this.pricesIn(context, currency!).then(({ compareAtPrice }) => compareAtPrice && shown(compareAtPrice));
    return this.row.compareAtPrice === null ? null : priceOf(this.row.compareAtPrice);
  }

  /** In a currency that shoppers can choose. */
  async pricesIn(context: Context, currency: string): Promise<PriceInCurrency> {
    return priceIn(context, await soldCurrency(context, currency), { ...this.row, variantId: this.id });
  }

  @Field(() => Int)
  weightGrams: number;
}

const variants = connectionOf('Variant', () => Variant);
export const VariantConnection = variants.Connection;

/** A product as the statements bring it, with everything that belongs to it and to nothing else. */
export interface ProductRow {
  id: string;
  handle: string;
  title: string;
  description: string;
  brand: string | null;
  tags: string[];
  category_id: string | null;
  seller_id: string;
  seller_handle: string;
  seller_name: string;
  options: ProductOption[];
  min_price: bigint;
  max_price: bigint;
  seo_title: string | null;
  seo_description: string | null;
  translations: Translations;
  gift_card: boolean;
  published: boolean;
  publish_at: Date | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  /** Its images and published variants. */
  parts: { images: ImageRow[]; variants: (VariantRow & { imageId: string | null })[] };
}

const SEO_DESCRIPTION_LENGTH = 160;

@Directive('@key(fields: "id")')
@CacheControl({ maxAge: MAX_AGE })
@ObjectType({ simpleResolvers: true })
export class Product {
  private readonly row: ProductRow;
  private readonly locale: string | null;
  private made: Variant[] | null;

  /** `locale` is what its texts are in where they are asked for in none: that of its list. */
  constructor(row: ProductRow, locale?: string | null) {
    this.row = row;
    this.locale = locale ?? null;
    this.made = null;
    this.id = row.id;
    this.handle = row.handle;
    this.brand = row.brand;
    this.tags = row.tags;
    this.categoryId = row.category_id;
    this.seller = { id: row.seller_id, handle: row.seller_handle, name: row.seller_name };
    this.images = row.parts.images.map((image) => new Image(image));
    this.options = row.options;
    this.isGiftCard = row.gift_card;
    this.published = row.published;
    this.publishAt = row.publish_at;
    this.version = row.version;
    this.createdAt = row.created_at;
    this.updatedAt = row.updated_at;
  }

  readonly categoryId: string | null;

  @Field(() => ID)
  id: string;

  @Field(() => String)
  handle: string;

  @MethodField(() => String, { description: "In the shop's own language where there is none in `locale`." })
  title(@Args(() => LocaleArgument) { locale }: LocaleArgument): string {
    return translated(this.row.title, this.row.translations, 'title', locale ?? this.locale);
  }

  @MethodField(() => LocaleScalar, { description: 'What `title` is in, asked for in `locale`.' })
  titleLocale(@Args(() => LocaleArgument) { locale }: LocaleArgument): string {
    return localeOf(this.row.translations, 'title', locale ?? this.locale) ?? SHOP.locale;
  }

  @MethodField(() => String, { description: "In the shop's own language where there is none in `locale`." })
  description(@Args(() => LocaleArgument) { locale }: LocaleArgument): string {
    return translated(this.row.description, this.row.translations, 'description', locale ?? this.locale);
  }

  @MethodField(() => LocaleScalar, { description: 'What `description` is in, asked for in `locale`.' })
  descriptionLocale(@Args(() => LocaleArgument) { locale }: LocaleArgument): string {
    return localeOf(this.row.translations, 'description', locale ?? this.locale) ?? SHOP.locale;
  }

  @Field(() => String, { nullable: true })
  brand: string | null;

  @Field(() => [String])
  tags: string[];

  @Field(() => Seller)
  seller: Seller;

  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [Image])
  images: Image[];

  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [ProductOption])
  options: ProductOption[];

  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @MethodField(() => VariantConnection)
  variants(@Args(() => PageArguments) { first, after }: PageArguments): Page<Variant> {
    const all = this.allVariants();
    const size = pageSize(first);
    const start = after == null ? 0 : all.findIndex(({ id }) => id === decodeCursor(after, 1)[0]) + 1;
    return page(all.slice(start, start + size + 1), {
      first: size,
      after,
      totalCount: all.length,
      cursor: ({ id }) => encodeCursor([id]),
    });
  }

  @MethodField(() => Variant, { nullable: true })
  variant(@Args(() => OptionsArgument) { options }: OptionsArgument): Variant | null {
    const chosen = new Map(options.map(({ name, value }) => [name, value]));
    const fits = (variant: Variant) =>
      variant.options.length === chosen.size && variant.options.every(({ name, value }) => chosen.get(name) === value);
    return this.allVariants().find(fits) ?? null;
  }

  @MethodField(() => PriceRange)
  priceRange(
    @Args(() => CurrencyArgument) { currency }: CurrencyArgument,
    context: Context,
  ): PriceRange | Promise<PriceRange> {
    if (isShopCurrency(currency)) return { min: priceOf(this.row.min_price), max: priceOf(this.row.max_price) };
    return this.rangeIn(context, currency!);
  }

  @MethodField(() => Seo, { description: 'The translated title and description where there are some in `locale`.' })
  seo(@Args(() => LocaleArgument) { locale }: LocaleArgument): Seo {
    const { title, description, seo_title, seo_description, translations } = this.row;
    const asked = locale ?? this.locale;
    const own = (field: 'title' | 'description', text: string | null) =>
      localeOf(translations, field, asked) === null ? text : null;
    const text = translated(description, translations, 'description', asked);
    return {
      title: own('title', seo_title) ?? translated(title, translations, 'title', asked),
      description: own('description', seo_description) ?? excerpt(text, SEO_DESCRIPTION_LENGTH),
    };
  }

  @Field(() => Boolean, {
    description:
      'Whether its variants are denominations of a gift card: it is mailed once it is paid, never out of stock, and bears no tax until it is spent.',
  })
  isGiftCard: boolean;

  @Field(() => Boolean, { description: 'Whether shoppers see it; they see no product that is not.' })
  published: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it will be published by itself.' })
  publishAt: Date | null;

  @Field(() => Int, { description: 'Grows with every change: what edits take as `expectedVersion`.' })
  version: number;

  @Field(() => DateTimeScalar)
  createdAt: Date;

  @Field(() => DateTimeScalar)
  updatedAt: Date;

  private async rangeIn(context: Context, currency: string): Promise<PriceRange> {
    const all = await Promise.all(this.allVariants().map((variant) => variant.pricesIn(context, currency)));
    const prices = all.map(({ price }) => price).sort((a, b) => (a.minor < b.minor ? -1 : 1));
    const exchange = await soldCurrency(context, currency);
    // One without variants that are sold costs what it cost.
    const byRate = (minor: bigint) => exchanged(money(BigInt(minor), SHOP.currency), exchange);
    const { min_price, max_price } = this.row;
    return { min: shown(prices[0] ?? byRate(min_price)), max: shown(prices.at(-1) ?? byRate(max_price)) };
  }

  private allVariants(): Variant[] {
    this.made ??= this.row.parts.variants.map((variant) => {
      const { id, title, translations } = this.row;
      const at = this.row.parts.images.findIndex(({ id }) => id === variant.imageId);
      return new Variant(variant, { id, title, translations, locale: this.locale }, this.images[at] ?? null);
    });
    return this.made;
  }
}

const products = connectionOf('Product', () => Product);
export const ProductConnection = products.Connection;
Field(() => [Facet], { description: 'Their counts are of the whole result, not of the page.' })(
  ProductConnection.prototype,
  'facets',
);

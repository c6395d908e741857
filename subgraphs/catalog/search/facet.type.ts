import { Field, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { CacheControl } from '#platform/graphql/cache-control.ts';
import { DecimalScalar, LocaleScalar } from '#platform/graphql/scalars.ts';
import { money, toDecimal } from '#platform/money/money.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { localeOf, translated } from '../rules/translated.ts';
import type { FoundFacet, SearchFilter } from './search-provider.ts';

@InputType({ description: 'Filters of one `by` are or-ed, different ones and-ed.' })
export class ProductFilter {
  @Field(() => String)
  by!: string;

  @Field(() => [String], { nullable: true })
  values?: string[] | null;

  @Field(() => DecimalScalar, { nullable: true })
  min?: string | null;

  @Field(() => DecimalScalar, { nullable: true })
  max?: string | null;
}

export enum FacetKind {
  LIST = 'LIST',
  RANGE = 'RANGE',
  BOOLEAN = 'BOOLEAN',
}
registerEnumType(FacetKind, { name: 'FacetKind' });

@CacheControl({ inheritMaxAge: true })
@ObjectType({ simpleResolvers: true })
export class FacetValue {
  @Field(() => String)
  value!: string;

  @Field(() => String)
  label!: string;

  @Field(() => LocaleScalar, { description: 'What `label` is in.' })
  labelLocale!: string;

  @Field(() => Int)
  count!: number;

  @Field(() => Boolean)
  selected!: boolean;
}

@CacheControl({ inheritMaxAge: true })
@ObjectType({
  simpleResolvers: true,
  description:
    "`by` is what ProductFilter.by takes: category, brand, seller, price, rating, inStock or an option's name. A RANGE has min and max, a LIST its values.",
})
export class Facet {
  @Field(() => String)
  by!: string;

  @Field(() => String)
  label!: string;

  @Field(() => FacetKind)
  kind!: FacetKind;

  @Field(() => [FacetValue])
  values!: FacetValue[];

  @Field(() => DecimalScalar, { nullable: true })
  min?: string | null;

  @Field(() => DecimalScalar, { nullable: true })
  max?: string | null;
}

/** What every shop has; options stand between price and brand, by name. */
const KNOWN = {
  category: { place: 0, label: 'Category' },
  price: { place: 1, label: 'Price' },
  brand: { place: 3, label: 'Brand' },
  seller: { place: 4, label: 'Seller' },
  rating: { place: 5, label: 'Rating' },
  inStock: { place: 6, label: 'Availability' },
} as const;

const OPTION_PLACE = 2;

const LABELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  inStock: { true: 'In stock', false: 'Sold out' },
  rating: { 5: '5 stars', 4: '4 stars and up', 3: '3 stars and up', 2: '2 stars and up', 1: '1 star and up' },
};

const known = (by: string) => (by in KNOWN ? KNOWN[by as keyof typeof KNOWN] : { place: OPTION_PLACE, label: by });

/** As the API shows them, with what is filtered by marked; categories are named in `locale`. */
export function facetsOf(
  found: readonly FoundFacet[],
  filters: readonly SearchFilter[],
  locale?: string | null,
): Facet[] {
  return found
    .toSorted((a, b) => known(a.by).place - known(b.by).place || (a.by < b.by ? -1 : 1))
    .map((facet) => (facet.by === 'price' ? range(facet) : list(facet, filters, locale)));
}

function range({ by, range }: FoundFacet): Facet {
  const decimal = (minor: number | undefined) =>
    minor === undefined ? null : toDecimal(money(BigInt(minor), SHOP.currency));
  return {
    by,
    label: known(by).label,
    kind: FacetKind.RANGE,
    values: [],
    min: decimal(range?.min),
    max: decimal(range?.max),
  };
}

function list({ by, values }: FoundFacet, filters: readonly SearchFilter[], locale: string | null | undefined): Facet {
  const filter = filters.find((one) => one.by === by);
  const selected = new Set(filter && 'values' in filter ? filter.values : []);
  // Stars are a ladder and stock is yes or no; for the rest the order is the index's.
  const shown = by === 'rating' || by === 'inStock' ? values.toSorted((a, b) => (a.value < b.value ? 1 : -1)) : values;
  return {
    ...{ by, label: known(by).label, kind: by === 'inStock' ? FacetKind.BOOLEAN : FacetKind.LIST },
    values: shown.map(({ value, label, translations, count }) => ({
      ...{ value, count, selected: selected.has(value) },
      label: LABELS[by]?.[value] ?? translated(label, translations ?? {}, 'title', locale),
      labelLocale: localeOf(translations ?? {}, 'title', locale) ?? SHOP.locale,
    })),
  };
}

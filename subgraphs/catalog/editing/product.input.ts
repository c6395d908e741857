import { Field, ID, InputType, Int } from 'type-graphql';
import { MoneyInput } from '#platform/graphql/money.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { SelectedOptionInput } from '../product.type.ts';

@InputType()
export class ProductOptionInput {
  @Field(() => String)
  name!: string;

  @Field(() => [String])
  values!: string[];
}

@InputType({ description: 'Found again by its id, else by its SKU.' })
export class VariantInput {
  @Field(() => ID, { nullable: true })
  id?: string | null;

  @Field(() => String)
  sku!: string;

  @Field(() => String, {
    nullable: true,
    description: "What it is called; null for the product's title with the values of its options.",
  })
  title?: string | null;

  @Field(() => [SelectedOptionInput], { nullable: true, description: 'One value of each option of the product.' })
  options?: SelectedOptionInput[] | null;

  @Field(() => MoneyInput, { description: "In the shop's own currency, tax included." })
  price!: MoneyInput;

  @Field(() => MoneyInput, { nullable: true, description: 'What it cost before; above `price`.' })
  compareAtPrice?: MoneyInput | null;

  @Field(() => Int, { nullable: true })
  weightGrams?: number | null;
}

@InputType({
  description: 'What search engines show; the title and the beginning of the description where it is null.',
})
export class SeoInput {
  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;
}

@InputType()
export class ProductCreateInput {
  @Field(() => String, { nullable: true, description: 'Its address; made from the title where it is left out.' })
  handle?: string | null;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  description!: string;

  @Field(() => String, { nullable: true })
  brand?: string | null;

  @Field(() => [String], { nullable: true })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: 'A handle.' })
  category?: string | null;

  @Field(() => [ProductOptionInput], { nullable: true, description: 'What the variants show where it is left out.' })
  options?: ProductOptionInput[] | null;

  @Field(() => [VariantInput])
  variants!: VariantInput[];

  @Field(() => SeoInput, { nullable: true })
  seo?: SeoInput | null;

  @Field(() => String, {
    nullable: true,
    description: 'A handle; may be left out by who sells for one seller only.',
  })
  seller?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether its variants are denominations of a gift card, which it stays. catalog:write',
  })
  isGiftCard?: boolean | null;

  @Field(() => Boolean, { defaultValue: true, description: 'Whether shoppers see it at once.' })
  published!: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is published by itself; hidden until then.' })
  publishAt?: Date | null;
}

@InputType({ description: 'What is left out stays as it is.' })
export class ProductUpdateInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { nullable: true, description: 'The version you have seen; another is PRODUCT_CHANGED.' })
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'The old address goes on leading to it.' })
  handle?: string | null;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'Null for none.' })
  brand?: string | null;

  @Field(() => [String], { nullable: true })
  tags?: string[] | null;

  @Field(() => String, { nullable: true, description: 'A handle; null for none.' })
  category?: string | null;

  @Field(() => [ProductOptionInput], { nullable: true })
  options?: ProductOptionInput[] | null;

  @Field(() => [VariantInput], {
    nullable: true,
    description:
      'All that are to be sold, in their order. One that is missing is sold no more: carts show it as unavailable.',
  })
  variants?: VariantInput[] | null;

  @Field(() => SeoInput, { nullable: true })
  seo?: SeoInput | null;
}

@InputType()
export class ProductPublishInput {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Now, where it is left out.' })
  at?: Date | null;

  @Field(() => Int, { nullable: true, description: 'The version you have seen; another is PRODUCT_CHANGED.' })
  expectedVersion?: number | null;
}

@InputType()
export class ProductInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, { nullable: true, description: 'The version you have seen; another is PRODUCT_CHANGED.' })
  expectedVersion?: number | null;
}

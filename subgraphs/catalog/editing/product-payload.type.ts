import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { productsByIds } from '../product.loaders.ts';
import { Product } from '../product.type.ts';

export enum ProductErrorCode {
  PRODUCT_NOT_FOUND = 'PRODUCT_NOT_FOUND',
  PRODUCT_CHANGED = 'PRODUCT_CHANGED',
  HANDLE_TAKEN = 'HANDLE_TAKEN',
  HANDLE_INVALID = 'HANDLE_INVALID',
  SKU_TAKEN = 'SKU_TAKEN',
  SKU_INVALID = 'SKU_INVALID',
  TITLE_INVALID = 'TITLE_INVALID',
  TEXT_INVALID = 'TEXT_INVALID',
  PRICE_INVALID = 'PRICE_INVALID',
  WEIGHT_INVALID = 'WEIGHT_INVALID',
  CATEGORY_NOT_FOUND = 'CATEGORY_NOT_FOUND',
  SELLER_NOT_FOUND = 'SELLER_NOT_FOUND',
  OPTIONS_INVALID = 'OPTIONS_INVALID',
  VARIANTS_INVALID = 'VARIANTS_INVALID',
  VARIANT_NOT_FOUND = 'VARIANT_NOT_FOUND',
  TIME_INVALID = 'TIME_INVALID',
}
registerEnumType(ProductErrorCode, { name: 'ProductErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class ProductError extends UserError {
  @Field(() => ProductErrorCode)
  code!: ProductErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class ProductPayload {
  @Field(() => Product, { nullable: true, description: 'As it is now, also where shoppers do not see it.' })
  product?: Product | null;

  @Field(() => [ProductError])
  userErrors!: ProductError[];
}

/** The product that an edit was about, as it is now. */
export async function productNow(id: string): Promise<{ product: Product | null }> {
  const [product] = await productsByIds([id]);
  return { product: product ?? null };
}

import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { UserError } from '#platform/graphql/user-error.type.ts';
import { Variant } from './variant.type.ts';

export enum StockErrorCode {
  VARIANT_NOT_FOUND = 'VARIANT_NOT_FOUND',
  LOCATION_NOT_FOUND = 'LOCATION_NOT_FOUND',
  INVALID_QUANTITY = 'INVALID_QUANTITY',
  BELOW_RESERVED = 'BELOW_RESERVED',
  STOCK_CHANGED = 'STOCK_CHANGED',
}
registerEnumType(StockErrorCode, { name: 'StockErrorCode' });

@ObjectType({ implements: UserError, simpleResolvers: true })
export class StockError extends UserError {
  @Field(() => StockErrorCode)
  code!: StockErrorCode;
}

@ObjectType({ simpleResolvers: true })
export class StockPayload {
  @Field(() => Variant, { nullable: true })
  variant?: Variant | null;

  @Field(() => [StockError])
  userErrors!: StockError[];
}

/** The most of anything, so that sums of what is on hand and what may be backordered stay within an Int. */
export const MOST = 1_000_000_000;

export function checkAmount(amount: number, field: string): void {
  if (amount >= 0 && amount <= MOST) return;
  throw new Refusal('INVALID_QUANTITY', `Set a quantity from 0 to ${MOST}.`, { path: ['input', field] });
}

export const variantNotFound = (): Refusal =>
  new Refusal(StockErrorCode.VARIANT_NOT_FOUND, 'There is no such variant.', { path: ['input', 'variantId'] });

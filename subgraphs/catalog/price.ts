import { ArgsType, Field } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { type MoneyType, shown } from '#platform/graphql/money.type.ts';
import { CurrencyCodeScalar } from '#platform/graphql/scalars.ts';
import { money } from '#platform/money/money.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';

@ArgsType()
export class CurrencyArgument {
  @Field(() => CurrencyCodeScalar, { nullable: true })
  currency?: string | null;
}

/** There is one currency: another one is refused rather than answered with the wrong number. */
export function requireShopCurrency(currency: string | null | undefined): void {
  if (currency != null && currency !== SHOP.currency) {
    throw new Denied('BAD_USER_INPUT', `Prices are in ${SHOP.currency} only, not in ${currency}.`);
  }
}

/** `minor` as it comes from the database: a number within JSON, else a bigint. */
export const priceOf = (minor: number | bigint): MoneyType => shown(money(BigInt(minor), SHOP.currency));

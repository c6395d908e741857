import { Ctx, FieldResolver, Query, Resolver } from 'type-graphql';
import { kept } from '#platform/cache/kept.ts';
import type { Context } from '#platform/graphql/context.ts';
import { LocaleScalar } from '#platform/graphql/scalars.ts';
import { translatedLocales } from '#subgraphs/catalog/contracts/translated-locales.ts';
import { shopPayment } from '#subgraphs/payments/contracts/shop-payment.config.ts';
import { SHOP } from '#subgraphs/pricing/contracts/shop.ts';
import { shopConfig } from './config.ts';
import { Shop } from './shop.type.ts';

@Resolver()
export class ShopQueries {
  @Query(() => Shop, { nullable: true })
  shop(): Shop {
    return {
      name: shopConfig.name,
      currency: SHOP.currency,
      countries: shopConfig.countries,
      paymentProvider: shopPayment.provider,
      paymentPublishableKey: shopPayment.publishableKey,
    };
  }
}

/** Asked at most twice a minute. */
const translated = kept(
  'languages of the goods',
  30_000,
  async (context: Context) => (await context.ask(translatedLocales, {})).translatedLocales,
);

@Resolver(() => Shop)
export class ShopFields {
  @FieldResolver(() => [LocaleScalar], {
    description: "The shop's own language first, then those that something on sale is translated into.",
  })
  async locales(@Ctx() context: Context): Promise<string[]> {
    // The shop says the rest of itself while its goods cannot be asked.
    const others = await translated(context).catch(() => []);
    return [SHOP.locale, ...others.filter((locale) => locale !== SHOP.locale)];
  }
}

import { Query, Resolver } from 'type-graphql';
import { shopPayment } from '#subgraphs/payments/contracts/shop-payment.config.ts';
import { shopConfig } from './config.ts';
import { Shop } from './shop.type.ts';

@Resolver()
export class ShopQueries {
  @Query(() => Shop, { nullable: true })
  shop(): Shop {
    return {
      name: shopConfig.name,
      currency: 'EUR',
      locales: ['en'],
      countries: shopConfig.countries,
      paymentProvider: shopPayment.provider,
      paymentPublishableKey: shopPayment.publishableKey,
    };
  }
}

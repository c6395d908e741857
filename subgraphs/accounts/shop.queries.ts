import { Query, Resolver } from 'type-graphql';
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
      paymentProvider: 'test',
      paymentPublishableKey: null,
    };
  }
}

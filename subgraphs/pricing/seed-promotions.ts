import { newId } from '#platform/database/id.ts';
import { SHOP } from './contracts/shop.ts';
import { database } from './database.ts';

/** What a shopper can try; where a code is known already, it stays as it is. */
const DEMO_PROMOTIONS = [
  { code: 'WELCOME10', title: 'Ten percent off a first order', percentOff: 1_000, usageLimitPerCustomer: 1 },
  { code: 'TEAHOUSE', title: 'Five euros off from forty', amountOff: 500n, minimumSubtotal: 4_000n, combines: true },
  {
    code: 'FREEDELIVERY',
    title: 'Free delivery from sixty euros',
    freeShipping: true,
    minimumSubtotal: 6_000n,
    combines: true,
  },
  {
    code: 'THREEFORTWO',
    title: 'Of each three the cheapest is a gift',
    percentOff: 10_000,
    buyQuantity: 2,
    getQuantity: 1,
  },
];

export async function seedDemoPromotions(): Promise<void> {
  await database.prisma.promotion.createMany({
    data: DEMO_PROMOTIONS.map((promotion) => ({ id: newId('promo'), currency: SHOP.currency, ...promotion })),
    skipDuplicates: true,
  });
}

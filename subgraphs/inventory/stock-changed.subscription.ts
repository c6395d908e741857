import DataLoader from 'dataloader';
import { Arg, ID, Resolver, Root, Subscription } from 'type-graphql';
import { followChanges } from '#platform/live/follow-changes.ts';
import { stockTopic } from './stock-news.ts';
import { variantsByIds } from './variant.loaders.ts';
import { Variant } from './variant.type.ts';

@Resolver()
export class StockChangedSubscription {
  @Subscription(() => Variant, {
    nullable: true,
    description: 'A variant now and whenever what can be promised of it changes, for product pages.',
    subscribe: ({ args }) => followStock((args as { variantId: string }).variantId),
  })
  stockChanged(@Arg('variantId', () => ID) _variantId: string, @Root() variant: Variant | null): Variant | null {
    return variant;
  }
}

/** Followers that are woken together read together: a thousand of one variant are one statement. */
const present = new DataLoader(variantsByIds, { cache: false });

/** An unknown variant is answered once, with null. */
export function followStock(variantId: string): AsyncIterableIterator<Variant | null> {
  let told: string | undefined;
  return followChanges<Variant | null>({
    topic: stockTopic(variantId),
    readAnywayMs: 10_000,
    read: async () => {
      const variant = await present.load(variantId);
      if (!variant) return { items: [null], end: true };
      const news = JSON.stringify(variant.availability);
      if (news === told) return { items: [] };
      told = news;
      return { items: [variant] };
    },
  });
}

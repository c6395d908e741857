import { Ctx, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { onceEvery } from '#platform/schedule/once-every.ts';
import { allProductTraits } from '#subgraphs/catalog/contracts/product-traits.ts';
import { allOrderedProducts } from '#subgraphs/orders/contracts/ordered-products.ts';
import { countOrders } from './count-orders.ts';
import { database } from './database.ts';
import { writeProducts } from './write-products.ts';

const NAME = 'rebuild';
const EVERY_MS = 3_600_000;
const LOOK_EVERY_MS = 5_000;
const PAGE = 500;

@ObjectType({ simpleResolvers: true })
export class DiscoveryRebuildPayload {
  @Field(() => Boolean, { description: 'A worker begins within seconds.' })
  scheduled!: boolean;
}

@Resolver()
export class RebuildDiscovery {
  @RequiresScopes('operations:write')
  @Mutation(() => DiscoveryRebuildPayload, {
    description:
      'Reads all products and orders anew, which happens each hour anyway; the shop stays open meanwhile. operations:write',
  })
  async discoveryRebuild(@Ctx() _context: Context): Promise<DiscoveryRebuildPayload> {
    await makeDue(NAME);
    return { scheduled: true };
  }
}

const makeDue = database.statement(
  'discovery.make-due',
  'UPDATE scheduled SET due_at = least(due_at, now()) WHERE name = $1',
);

/** Heals what events have missed, and fills a discovery that is newer than its shop. */
export const startRebuilding = (context: () => Context) =>
  onceEvery(database, { name: NAME, periodMs: EVERY_MS, lookMs: LOOK_EVERY_MS }, () => rebuild(context()));

/** Page by page, so that neither side holds more than one; what changes meanwhile is told by events. */
export async function rebuild(context: Context): Promise<void> {
  const productsAfter = async (after: string | null) =>
    (await context.ask(allProductTraits, { after, first: PAGE })).allProductTraits;
  for await (const { items, after, until } of pages(productsAfter, ({ id }) => id)) {
    await writeProducts(items);
    const ids = items.map(({ id }) => id);
    await forgetOthers(after, until, ids);
  }
  const ordersAfter = async (after: string | null) =>
    (await context.ask(allOrderedProducts, { after, first: PAGE })).allOrderedProducts;
  for await (const { items } of pages(ordersAfter, ({ orderId }) => orderId)) await countOrders(items);
}

/** `until` is the last id of a page, null for the last page, which reaches to the end. */
async function* pages<Item>(ask: (after: string | null) => Promise<Item[]>, idOf: (item: Item) => string) {
  for (let after: string | null = null; ; ) {
    const items: Item[] = await ask(after);
    const last = items.at(-1);
    const until: string | null = last && items.length === PAGE ? idOf(last) : null;
    yield { items, after, until };
    if (until === null) return;
    after = until;
  }
}

/** Between two ids, what catalog has not named is gone; what was written just now may be newer than the page. */
const forgetOthers = database.statement(
  'discovery.forget-others',
  `DELETE FROM product WHERE ($1::text IS NULL OR id > $1) AND ($2::text IS NULL OR id <= $2) AND id <> ALL($3::text[])
     AND created_at < now() - interval '10 minutes'`,
);

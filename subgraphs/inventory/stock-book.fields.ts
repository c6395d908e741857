import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { decodeCursor, encodeCursor, type Page, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { database } from './database.ts';
import { LOW_STOCK } from './low-stock.ts';
import { StockAtLocation, type StockMovement, StockMovementConnection, StockPolicy } from './stock-book.type.ts';
import { MOST } from './stock-payload.type.ts';
import { Variant } from './variant.type.ts';

/** What staff see of a variant's stock. */
@Resolver(() => Variant)
export class StockBookFields {
  @RequiresScopes('inventory:read')
  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [StockAtLocation], {
    nullable: true,
    description: 'inventory:read. In the order in which orders are served.',
  })
  async stockLevels(@Root() { id }: Variant, @Ctx() context: Context): Promise<StockAtLocation[]> {
    const { rows } = await context.loader(booksOf).load(id);
    return rows.map(({ location, onHand, reserved }) => ({ location, onHand, reserved, available: onHand - reserved }));
  }

  @RequiresScopes('inventory:read')
  @FieldResolver(() => StockPolicy, { nullable: true, description: 'inventory:read' })
  async stockPolicy(@Root() { id }: Variant, @Ctx() context: Context): Promise<StockPolicy> {
    const { rows } = await context.loader(booksOf).load(id);
    const main = rows.find(({ locationId }) => locationId === 'main');
    const isLimited = main?.backorderable && main.backorderLimit < MOST;
    return {
      backorderable: main?.backorderable ?? false,
      backorderLimit: isLimited ? main.backorderLimit : null,
      lowStockThreshold: main?.lowStockAt ?? LOW_STOCK,
    };
  }

  @RequiresScopes('inventory:read')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @FieldResolver(() => StockMovementConnection, { nullable: true, description: 'inventory:read. The latest first.' })
  stockMovements(
    @Root() { id }: Variant,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first: number | null,
    @Arg('after', () => String, { nullable: true }) after: string | null,
  ): Promise<Page<StockMovement>> {
    return listMovements(id, pageSize(first), after);
  }
}

const booksOf = async (variantIds: readonly string[]) => {
  const rows = await database.prisma.stock.findMany({
    where: { variantId: { in: [...variantIds] } },
    include: { location: true },
    orderBy: [{ location: { priority: 'asc' } }, { locationId: 'asc' }],
  });
  return variantIds.map((id) => ({ rows: rows.filter(({ variantId }) => variantId === id) }));
};

async function listMovements(variantId: string, first: number, after: string | null): Promise<Page<StockMovement>> {
  const before = after ? { id: { lt: movementAt(after) } } : {};
  const [rows, totalCount, locations] = await Promise.all([
    database.prisma.stockMovement.findMany({
      where: { variantId, ...before },
      orderBy: { id: 'desc' },
      take: first + 1,
    }),
    database.prisma.stockMovement.count({ where: { variantId } }),
    database.prisma.location.findMany(),
  ]);
  const movements = rows.map(({ id, locationId, ...row }) => ({
    ...row,
    id: String(id),
    location: locations.find((location) => location.id === locationId)!,
  }));
  return page(movements as StockMovement[], { first, after, totalCount, cursor: ({ id }) => encodeCursor([id]) });
}

function movementAt(cursor: string): bigint {
  const [id] = decodeCursor(cursor, 1);
  if (!/^\d{1,18}$/.test(String(id))) {
    throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
  }
  return BigInt(id!);
}

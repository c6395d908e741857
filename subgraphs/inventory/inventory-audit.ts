import { Arg, Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { brokenStockInvariants, type StockFinding } from './stock-invariants.ts';

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class InventoryFinding {
  @Field(() => String)
  invariant!: string;

  @Field(() => String)
  subject!: string;

  @Field(() => String)
  detail!: string;
}

@Resolver()
export class InventoryAudit {
  @Internal()
  @Query(() => [InventoryFinding], {
    description:
      'What breaks the invariants of the stock that changed in the window, at most 100; empty when all is well.',
  })
  inventoryAudit(
    @Arg('since', () => DateTimeScalar) since: Date,
    @Arg('until', () => DateTimeScalar) until: Date,
  ): Promise<StockFinding[]> {
    return brokenStockInvariants(since, until);
  }
}

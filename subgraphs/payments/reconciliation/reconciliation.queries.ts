import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import {
  connectionOf,
  decodeCursor,
  encodeCursor,
  type Page,
  page,
  pageSize,
} from '#platform/graphql/connection.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from '../database.ts';
import type { Difference } from './compare.ts';

const KINDS = ['MISSING_HERE', 'MISSING_THERE', 'AMOUNT_DIFFERS', 'STATE_DIFFERS'];
const PaymentDifferenceKindEnum = Object.fromEntries(KINDS.map((kind) => [kind, kind]));
registerEnumType(PaymentDifferenceKindEnum, { name: 'PaymentDifferenceKind' });

@ObjectType({ simpleResolvers: true })
export class PaymentDifference {
  @Field(() => PaymentDifferenceKindEnum)
  kind!: Difference['kind'];

  @Field(() => String, { description: 'The id of the payment or refund, or what the provider has in its place.' })
  subject!: string;

  @Field(() => String, { nullable: true, description: "The provider's id, e.g. pi_…" })
  providerRef?: string | null;

  @Field(() => String)
  detail!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: "A comparison of the payment provider's list with the shop's. It changes nothing.",
})
export class PaymentReconciliation {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  provider!: string;

  @Field(() => DateTimeScalar, { description: 'What was made from then on is compared …' })
  since!: Date;

  @Field(() => DateTimeScalar, { description: '… until before then.' })
  until!: Date;

  @Field(() => Int, { description: 'How many payments the provider has of that time.' })
  payments!: number;

  @Field(() => Int)
  refunds!: number;

  @Field(() => [PaymentDifference], { description: 'Empty when the books agree.' })
  differences!: Difference[];

  @Field(() => DateTimeScalar)
  createdAt!: Date;
}

@ObjectType({ simpleResolvers: true })
export class PaymentReconciliationConnection extends connectionOf('PaymentReconciliation', () => PaymentReconciliation)
  .Connection {}

@Resolver()
export class ReconciliationQueries {
  @RequiresScopes('payments:read')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => PaymentReconciliationConnection, {
    nullable: true,
    description: 'payments:read. The daily comparisons with the payment provider, newest first.',
  })
  paymentReconciliations(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Page<PaymentReconciliation>> {
    return listReconciliations(first, after);
  }
}

async function listReconciliations(
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Page<PaymentReconciliation>> {
  const size = pageSize(first);
  const [rows, totalCount] = await Promise.all([
    database.prisma.reconciliation.findMany({
      // Ids made later sort after earlier ones.
      where: after ? { id: { lt: String(decodeCursor(after, 1)[0]) } } : {},
      orderBy: { id: 'desc' },
      take: size + 1,
    }),
    database.prisma.reconciliation.count(),
  ]);
  const shown = rows.map((row) => ({ ...row, differences: row.differences as unknown as Difference[] }));
  return page(shown, { first: size, after, totalCount, cursor: ({ id }) => encodeCursor([id]) });
}

import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
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
import { database } from './database.ts';
import { INVARIANTS } from './rules/invariants.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'Something in the books of the shop that must never be. Nobody repairs it by itself.',
})
export class AuditFinding {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'e.g. books.owed' })
  invariant!: string;

  @Field(() => String, { nullable: true, description: 'What the invariant says, where it is a known one.' })
  means?: string | null;

  @Field(() => String, { description: 'The id of what breaks it.' })
  subject!: string;

  @Field(() => String)
  detail!: string;

  @Field(() => DateTimeScalar)
  firstSeenAt!: Date;

  @Field(() => DateTimeScalar)
  lastSeenAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Since when it is not found any more.' })
  closedAt?: Date | null;
}

@ObjectType({ simpleResolvers: true })
export class AuditFindingConnection extends connectionOf('AuditFinding', () => AuditFinding).Connection {}

@Resolver()
export class FindingQueries {
  @RequiresScopes('operations:read')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => AuditFindingConnection, {
    nullable: true,
    description: 'operations:read. What does not hold at present, newest first; with `closed`, also what did not once.',
  })
  auditFindings(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
    @Arg('closed', () => Boolean, { nullable: true, defaultValue: false }) closed?: boolean | null,
  ): Promise<Page<AuditFinding>> {
    return listFindings(first, after, closed ?? false);
  }
}

async function listFindings(
  first: number | null | undefined,
  after: string | null | undefined,
  closed: boolean,
): Promise<Page<AuditFinding>> {
  const size = pageSize(first);
  const where = { confirmedAt: { not: null }, ...(closed ? {} : { closedAt: null }) };
  const { finding } = database.prisma;
  const [rows, totalCount] = await Promise.all([
    finding.findMany({
      // Ids made later sort after earlier ones.
      where: { ...where, ...(after ? { id: { lt: String(decodeCursor(after, 1)[0]) } } : {}) },
      orderBy: { id: 'desc' },
      take: size + 1,
    }),
    finding.count({ where }),
  ]);
  const shown = rows.map((row): AuditFinding => ({ ...row, means: INVARIANTS[row.invariant] ?? null }));
  return page(shown, { first: size, after, totalCount, cursor: ({ id }) => encodeCursor([id]) });
}

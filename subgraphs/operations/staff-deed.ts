import { Arg, Ctx, Directive, Field, ID, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Internal, RequiresScopes } from '#platform/graphql/access.ts';
import {
  connectionOf,
  decodeCursor,
  encodeCursor,
  type Page,
  page,
  pageSize,
} from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from './database.ts';

@ObjectType({ simpleResolvers: true, description: 'What a member of staff did with jobs, and why.' })
export class StaffDeed {
  @Field(() => ID)
  id!: string;

  @Field(() => DateTimeScalar)
  at!: Date;

  @Field(() => ID, { description: 'Whose account it was.' })
  customerId!: string;

  @Field(() => String, { description: 'e.g. parked-job-discard' })
  deed!: string;

  @Field(() => String, { description: 'The job or the consumer.' })
  subject!: string;

  @Field(() => String, { nullable: true })
  note?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class StaffDeedConnection extends connectionOf('StaffDeed', () => StaffDeed).Connection {}

@Resolver()
export class StaffDeedQueries {
  @RequiresScopes('operations:read')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => StaffDeedConnection, { nullable: true, description: 'operations:read. Newest first.' })
  staffDeeds(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ): Promise<Page<StaffDeed>> {
    return listDeeds(first, after);
  }

  @Internal()
  @RequiresScopes('operations:write')
  @Mutation(() => Boolean)
  async staffDeedNote(
    @Arg('deed', () => String) deed: string,
    @Arg('subject', () => String) subject: string,
    @Ctx() context: Context,
  ): Promise<boolean> {
    await noteDeed(context, deed, subject);
    return true;
  }
}

/** Written before the deed is done: one that cannot be noted is not done. */
export async function noteDeed(context: Context, deed: string, subject: string, note?: string): Promise<void> {
  const { customerId } = context.signedIn();
  await database.prisma.staffDeed.create({
    data: { id: newId('deed'), customerId, deed, subject, note: note ?? null },
  });
}

async function listDeeds(first: number | null | undefined, after: string | null | undefined): Promise<Page<StaffDeed>> {
  const size = pageSize(first);
  const { staffDeed } = database.prisma;
  const [rows, totalCount] = await Promise.all([
    staffDeed.findMany({
      // Ids made later sort after earlier ones.
      ...(after ? { where: { id: { lt: String(decodeCursor(after, 1)[0]) } } } : {}),
      orderBy: { id: 'desc' },
      take: size + 1,
    }),
    staffDeed.count(),
  ]);
  return page<StaffDeed>(rows, { first: size, after, totalCount, cursor: ({ id }) => encodeCursor([id]) });
}

import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { pageSize } from '#platform/graphql/connection.type.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from './database.ts';

const MOST = 500;

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class MailboxMessage {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  to!: string;

  @Field(() => String)
  subject!: string;

  @Field(() => String)
  text!: string;

  @Field(() => String)
  html!: string;

  @Field(() => DateTimeScalar)
  sentAt!: Date;
}

@Resolver()
export class MailboxQueries {
  @Internal()
  @Query(() => [MailboxMessage], { description: 'What a shop without SMTP has sent, newest first.' })
  mailbox(
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
  ): Promise<MailboxMessage[]> {
    return database.prisma.mail.findMany({
      orderBy: [{ sentAt: 'desc' }, { id: 'desc' }],
      take: pageSize(first, 'first', MOST),
    });
  }
}

import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { database } from './database.ts';
import { countUnread } from './notification.queries.ts';

const MOST_IDS = 100;
/** What cannot be an id never reaches the database, which takes no NUL. */
const ID_FORM = /^ntf_[0-9A-Z]{26}$/;

@InputType({ description: 'All unread ones when no ids are given.' })
export class NotificationsMarkReadInput {
  @Field(() => [ID], { nullable: true })
  ids?: string[] | null;
}

@ObjectType({ simpleResolvers: true })
export class NotificationsMarkReadPayload {
  @Field(() => Int)
  unreadCount!: number;
}

@Resolver()
export class MarkNotificationsRead {
  @Authenticated()
  @Mutation(() => NotificationsMarkReadPayload)
  notificationsMarkRead(
    @Arg('input', () => NotificationsMarkReadInput) input: NotificationsMarkReadInput,
    @Ctx() context: Context,
  ): Promise<NotificationsMarkReadPayload> {
    return markNotificationsRead(context, input);
  }
}

/** Those of others, and those read already, stay as they are; the answer says how many are left. */
export async function markNotificationsRead(context: Context, { ids }: NotificationsMarkReadInput) {
  const { customerId } = context.signedIn();
  if (ids && ids.length > MOST_IDS) {
    throw new Denied('BAD_USER_INPUT', `Mark at most ${MOST_IDS} notifications at once, or all by giving no ids.`);
  }
  const which = ids ? { id: { in: ids.filter((id) => ID_FORM.test(id)) } } : {};
  await database.prisma.notification.updateMany({
    where: { customerId, readAt: null, ...which },
    data: { readAt: new Date() },
  });
  return { unreadCount: await countUnread(customerId) };
}

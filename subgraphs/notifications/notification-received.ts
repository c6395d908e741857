import { Resolver, Root, Subscription } from 'type-graphql';
import { Authenticated } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { followChanges } from '#platform/live/follow-changes.ts';
import { database } from './database.ts';
import { shownNotification } from './notification.queries.ts';
import { inboxTopic, Notification } from './notification.type.ts';

const READ_AT_MOST = 100;

@Resolver()
export class NotificationReceived {
  @Authenticated()
  @Subscription(() => Notification, {
    nullable: true,
    description: "The signed-in customer's notifications as they arrive.",
    subscribe: ({ context }: { context: Context }) => newNotifications(context.signedIn().customerId),
  })
  notificationReceived(@Root() notification: Notification): Notification {
    return notification;
  }
}

/** Each notification that is added from now on, once and in order: a reading goes on where the last one ended. */
export async function newNotifications(customerId: string): Promise<AsyncIterableIterator<Notification>> {
  const inbox = await database.prisma.inbox.findUnique({ where: { customerId } });
  let last = inbox?.lastSeq ?? 0;
  return followChanges({
    topic: inboxTopic(customerId),
    read: async () => {
      const rows = await database.prisma.notification.findMany({
        where: { customerId, seq: { gt: last } },
        orderBy: { seq: 'asc' },
        take: READ_AT_MOST,
      });
      last = rows.at(-1)?.seq ?? last;
      return { items: rows.map(shownNotification) };
    },
  });
}

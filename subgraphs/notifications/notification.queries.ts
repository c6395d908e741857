import { Arg, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { decodeCursor, encodeCursor, type Page, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import type { Notification as NotificationRow } from '#prisma/notifications/generated/client.ts';
import { database } from './database.ts';
import { CustomerReference, type Notification, NotificationConnection } from './notification.type.ts';

/** A notification as the API shows it. */
export const shownNotification = (row: NotificationRow): Notification => ({
  id: row.id,
  title: row.title,
  body: row.body,
  order: row.orderId && row.orderNumber ? { id: row.orderId, number: row.orderNumber } : null,
  readAt: row.readAt,
  createdAt: row.createdAt,
  seq: row.seq,
});

export const countUnread = (customerId: string): Promise<number> =>
  database.prisma.notification.count({ where: { customerId, readAt: null } });

@Resolver(() => CustomerReference)
export class NotificationQueries {
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @FieldResolver(() => NotificationConnection, { nullable: true })
  notifications(
    @Root() customer: CustomerReference,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    return listNotifications(customer.id, first, after);
  }
}

/** A page of a customer's notifications, newest first. */
async function listNotifications(
  customerId: string,
  first: number | null | undefined,
  after: string | null | undefined,
): Promise<Page<Notification> & { unreadCount: number }> {
  const size = pageSize(first);
  const older = after ? { seq: { lt: seqOf(after) } } : {};
  const { notification } = database.prisma;
  const [rows, [counts]] = await Promise.all([
    notification.findMany({ where: { customerId, ...older }, orderBy: { seq: 'desc' }, take: size + 1 }),
    count(customerId),
  ]);
  const { total: totalCount, unread: unreadCount } = counts!;
  const shown = rows.map(shownNotification);
  return { ...page(shown, { first: size, after, totalCount, cursor: ({ seq }) => encodeCursor([seq]) }), unreadCount };
}

const count = database.statement<{ total: number; unread: number }>(
  'notifications.count',
  `SELECT count(*)::int AS total, (count(*) FILTER (WHERE read_at IS NULL))::int AS unread
   FROM notification WHERE customer_id = $1`,
);

const MOST_SEQ = 2 ** 31 - 1;

function seqOf(cursor: string): number {
  const [seq] = decodeCursor(cursor, 1);
  if (Number.isInteger(seq) && Math.abs(seq as number) <= MOST_SEQ) return seq as number;
  throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
}

/** A customer that another subgraph refers to: only themselves have notifications. */
export const customerReference = async ({ id }: { id: string }, context: Context): Promise<CustomerReference | null> =>
  context.viewer?.customerId === id ? { id } : null;

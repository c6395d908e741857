import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { decodeCursor, encodeCursor, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import type { WebhookEndpoint as EndpointRow, Prisma } from '#prisma/notifications/generated/client.ts';
import { database } from '../database.ts';
import { type WebhookDelivery, WebhookDeliveryConnection, WebhookEndpoint } from './webhook-endpoint.type.ts';
import type { WebhookKind } from './webhook-kind.ts';

/** An endpoint as the API shows it. */
export const shownEndpoint = ({ disabledAt, kinds, ...row }: EndpointRow): WebhookEndpoint => ({
  ...row,
  kinds: kinds as WebhookKind[],
  enabled: disabledAt === null,
});

export const DELIVERY = {
  message: true,
  attempts: { orderBy: { at: 'desc' }, take: 20 },
} as const satisfies Prisma.WebhookDeliveryInclude;

type DeliveryRow = Prisma.WebhookDeliveryGetPayload<{ include: typeof DELIVERY }>;

export const shownDelivery = ({ id, messageId, message, status, dueAt, createdAt, attempts }: DeliveryRow) =>
  ({
    ...{ id, messageId, createdAt, attempts, status },
    kind: message.kind,
    body: message.body,
    nextTryAt: status === 'PENDING' ? dueAt : null,
  }) as WebhookDelivery;

@Resolver(() => WebhookEndpoint)
export class WebhookQueries {
  @RequiresScopes('webhooks:read')
  @Query(() => [WebhookEndpoint], { nullable: true, description: 'All of them, at most 50. webhooks:read' })
  async webhookEndpoints(@Ctx() _context: Context): Promise<WebhookEndpoint[]> {
    return (await database.prisma.webhookEndpoint.findMany({ orderBy: { id: 'asc' } })).map(shownEndpoint);
  }

  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @FieldResolver(() => WebhookDeliveryConnection, { description: 'The newest first; they are kept for a month.' })
  async deliveries(
    @Root() { id: endpointId }: WebhookEndpoint,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    const size = pageSize(first);
    const { webhookDelivery } = database.prisma;
    const older = after ? beyond(after) : {};
    const [rows, totalCount] = await Promise.all([
      webhookDelivery.findMany({
        where: { endpointId, ...older },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: size + 1,
        include: DELIVERY,
      }),
      webhookDelivery.count({ where: { endpointId } }),
    ]);
    const cursor = ({ createdAt, id }: WebhookDelivery) => encodeCursor([createdAt.toISOString(), id]);
    return page(rows.map(shownDelivery), { first: size, after, totalCount, cursor });
  }
}

function beyond(cursor: string): Prisma.WebhookDeliveryWhereInput {
  const [at, id] = decodeCursor(cursor, 2);
  const createdAt = new Date(String(at));
  if (Number.isNaN(createdAt.getTime()) || typeof id !== 'string' || id.includes('\0'))
    throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
  return { OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] };
}

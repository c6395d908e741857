import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from '../database.ts';
import { DELIVERY, shownDelivery } from './webhook-endpoint.queries.ts';
import { WebhookDeliveryPayload } from './webhook-endpoint.type.ts';

@Resolver()
export class RedeliverWebhook {
  @RequiresScopes('webhooks:write')
  @Mutation(() => WebhookDeliveryPayload, {
    description: 'Sends a delivery at once, and as often as a new one, under the same webhook-id. webhooks:write',
  })
  webhookRedeliver(@Arg('deliveryId', () => ID) deliveryId: string, @Ctx() _context: Context) {
    return payload(() => redeliver(deliveryId));
  }
}

async function redeliver(id: string) {
  const again = { status: 'PENDING', tries: 0, dueAt: new Date() };
  const { webhookDelivery } = database.prisma;
  const { count } = id.includes('\0') ? { count: 0 } : await webhookDelivery.updateMany({ where: { id }, data: again });
  if (count === 0)
    throw new Refusal('DELIVERY_NOT_FOUND', 'There is no such delivery, or it is older than a month.', {
      path: ['deliveryId'],
    });
  const row = await webhookDelivery.findUnique({ where: { id }, include: DELIVERY });
  return { delivery: row && shownDelivery(row) };
}

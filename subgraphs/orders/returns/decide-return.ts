import type { PoolClient } from 'pg';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { outboxColumns } from '#platform/outbox/announce.ts';
import { returnDecided } from '../contracts/orders.events.ts';
import type { Return } from '../order.type.ts';
import { ReturnPayload } from '../order-error.type.ts';
import { writtenText } from '../rules/written-text.ts';
import { moveReturn } from './move-return.ts';

@InputType()
export class ReturnApproveInput {
  @Field(() => ID)
  returnId!: string;
}

@InputType()
export class ReturnRejectInput {
  @Field(() => ID)
  returnId!: string;

  @Field(() => String, { nullable: true, description: 'The customer reads it.' })
  reason?: string | null;
}

@Resolver()
export class DecideReturn {
  @RequiresScopes('orders:write')
  @Mutation(() => ReturnPayload, { description: 'Asks the customer to send the goods. orders:write' })
  returnApprove(
    @Arg('input', () => ReturnApproveInput) input: ReturnApproveInput,
    @Ctx() context: Context,
  ): Promise<ReturnPayload> {
    return payload(() => approveReturn(context, input)) as Promise<ReturnPayload>;
  }

  @RequiresScopes('orders:write')
  @Mutation(() => ReturnPayload, {
    description: 'Refuses a return that was requested, or whose goods did not come as they should. orders:write',
  })
  returnReject(
    @Arg('input', () => ReturnRejectInput) input: ReturnRejectInput,
    @Ctx() context: Context,
  ): Promise<ReturnPayload> {
    return payload(() => rejectReturn(context, input)) as Promise<ReturnPayload>;
  }
}

export const approveReturn = (context: Context, { returnId }: ReturnApproveInput): Promise<{ return: Return }> =>
  moveReturn({
    ...{ returnId, to: 'APPROVED', message: 'Return approved', actor: context.signedIn().customerId },
    also: (client, { order_id: orderId }, { number }) =>
      announce(client, { orderId, returnId, number, approved: true, reason: null }),
  });

/** Its units may be asked for again. */
export function rejectReturn(context: Context, input: ReturnRejectInput): Promise<{ return: Return }> {
  const { returnId } = input;
  const reason = input.reason ? writtenText(input.reason) || null : null;
  const message = reason ? `Return rejected: ${reason}` : 'Return rejected';
  return moveReturn({
    ...{ returnId, to: 'REJECTED', message, actor: context.signedIn().customerId },
    async also(client, { order_id: orderId }, { number }) {
      await client.query(
        `UPDATE order_line l SET returned = l.returned - r.quantity FROM order_return_line r WHERE r.return_id = $1 AND l.id = r.line_id`,
        [returnId],
      );
      await announce(client, { orderId, returnId, number, approved: false, reason });
    },
  });
}

async function announce(client: PoolClient, decision: Parameters<typeof returnDecided>[0]): Promise<void> {
  await client.query(
    'INSERT INTO outbox (id, topic, consumer, payload) SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::jsonb[])',
    outboxColumns(returnDecided(decision)),
  );
}

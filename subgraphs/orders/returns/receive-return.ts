import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { runSaga } from '#platform/saga/saga.ts';
import type { SagaRow } from '#platform/saga/saga-store.ts';
import { log } from '#platform/telemetry/log.ts';
import { checkoutConfig } from '../checkout/config.ts';
import type { Return } from '../order.type.ts';
import { ReturnPayload } from '../order-error.type.ts';
import { moveReturn } from './move-return.ts';
import { type RestockInput, restockSaga } from './restock.saga.ts';

@InputType()
export class ReturnReceiveInput {
  @Field(() => ID)
  returnId!: string;

  @Field(() => Boolean, { description: 'Whether the goods can be sold again: then they go on hand.' })
  restock!: boolean;
}

@Resolver()
export class ReceiveReturn {
  @RequiresScopes('orders:write')
  @Mutation(() => ReturnPayload, { description: 'The goods have come back. orders:write' })
  returnReceive(
    @Arg('input', () => ReturnReceiveInput) input: ReturnReceiveInput,
    @Ctx() context: Context,
  ): Promise<ReturnPayload> {
    return payload(() => receiveReturn(context, input)) as Promise<ReturnPayload>;
  }
}

/** The decision to restock is written with the receipt, and carried out until inventory was heard. */
export async function receiveReturn(
  context: Context,
  { returnId, restock }: ReturnReceiveInput,
): Promise<{ return: Return }> {
  let begun: SagaRow | null = null;
  const received = await moveReturn({
    ...{ returnId, to: 'RECEIVED', actor: context.signedIn().customerId },
    message: restock ? 'Return received, goods back in stock' : 'Return received',
    async also(client, { order_id: orderId, lines }) {
      if (!restock) return;
      const input: RestockInput = { orderId, lines: lines.map(({ variantId, quantity }) => ({ variantId, quantity })) };
      await client.query(
        `INSERT INTO saga (id, name, step, state, lease_until, input) VALUES ($1, 'restock', 'restock', 'RUNNING', now() + make_interval(secs => $2), $3)`,
        [returnId, checkoutConfig.leaseMs / 1_000, JSON.stringify(input)],
      );
      begun = { id: returnId, step: 'restock', state: 'RUNNING', fence: 1, input, refusal: null, overdue: false };
    },
  });
  if (begun) {
    await runSaga(
      restockSaga(() => context),
      begun,
    ).catch((cause) =>
      log.warn({ err: cause, return: returnId }, 'A return could not be restocked yet; the sweeper goes on with it'),
    );
  }
  return received;
}

import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { parkedSagas } from '#platform/saga/parked-sagas.ts';
import { database } from '../database.ts';
import { OrderError } from '../order-error.type.ts';
import { ParkedSaga } from './timeline.type.ts';

const parked = parkedSagas(database);

@InputType()
export class SagaRetryInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Its kind, e.g. `checkout`.' })
  name!: string;
}

@ObjectType({ simpleResolvers: true })
export class SagaRetryPayload {
  @Field(() => Boolean, { description: 'Whether it goes on; that takes a second or two.' })
  retried!: boolean;

  @Field(() => [OrderError])
  userErrors!: OrderError[];
}

@Resolver()
export class RetrySaga {
  @RequiresScopes('orders:read')
  @Query(() => [ParkedSaga], { nullable: true, description: 'Newest first. orders:read' })
  parkedSagas(
    @Ctx() _context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number,
  ): Promise<ParkedSaga[]> {
    return parked.list(pageSize(first));
  }

  @RequiresScopes('orders:write')
  @Mutation(() => SagaRetryPayload, {
    description: 'Has work that was parked tried again, once its cause is mended. orders:write',
  })
  sagaRetry(
    @Arg('input', () => SagaRetryInput) input: SagaRetryInput,
    @Ctx() context: Context,
  ): Promise<SagaRetryPayload> {
    return payload(() => retrySaga(context, input)) as Promise<SagaRetryPayload>;
  }
}

async function retrySaga(context: Context, { id, name }: SagaRetryInput): Promise<{ retried: true }> {
  if (await parked.retry(id, name, `staff ${context.signedIn().customerId}`)) return { retried: true };
  throw new Refusal('INVALID_TRANSITION', 'Nothing of this id and name is parked.', {
    path: ['input', 'id'],
    details: { payload: { retried: false } },
  });
}

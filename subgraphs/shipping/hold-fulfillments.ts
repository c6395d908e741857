import { Arg, Ctx, Directive, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { changeAnyDispatch } from './dispatch/dispatch.ts';
import { goodsAwaited, sendWhatIsThere } from './dispatch/goods-awaited.ts';
import type { Awaited } from './rules/rest-of-order.ts';

@Directive('@inaccessible')
@InputType()
export class FulfillmentsHoldInput {
  @Field(() => ID)
  orderId!: string;

  @Field(() => ID)
  editId!: string;
}

@Directive('@inaccessible')
@InputType()
class LineOptionInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

@Directive('@inaccessible')
@InputType()
class LineToSendInput {
  @Field(() => ID)
  lineId!: string;

  @Field(() => ID)
  variantId!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  sku!: string;

  @Field(() => [LineOptionInput])
  options!: LineOptionInput[];

  @Field(() => String, { nullable: true })
  imageUrl!: string | null;

  @Field(() => Int)
  quantity!: number;

  @Field(() => Int)
  weightGrams!: number;
}

@Directive('@inaccessible')
@InputType()
export class FulfillmentsResumeInput extends FulfillmentsHoldInput {
  @Field(() => [LineToSendInput], { nullable: true })
  lines?: LineToSendInput[] | null;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class FulfillmentsHoldPayload {
  @Field(() => Boolean)
  held!: boolean;
}

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true })
export class FulfillmentsResumePayload {
  @Field(() => Boolean)
  resumed!: boolean;
}

@Resolver()
export class HoldFulfillments {
  @Internal()
  @Mutation(() => FulfillmentsHoldPayload)
  async fulfillmentsHold(@Arg('input', () => FulfillmentsHoldInput) input: FulfillmentsHoldInput) {
    return { held: await holdFulfillments(input) };
  }

  @Internal()
  @Mutation(() => FulfillmentsResumePayload)
  async fulfillmentsResume(
    @Arg('input', () => FulfillmentsResumeInput) input: FulfillmentsResumeInput,
    @Ctx() context: Context,
  ) {
    // Before the lock is taken: whoever holds it waits for nobody.
    const goods = input.lines ? await goodsAwaited(context, [input.orderId]) : new Map<string, Awaited[]>();
    return { resumed: await resumeFulfillments(input, goods.get(input.orderId)) };
  }
}

/** Nothing of the order is made or leaves until it is resumed. False when a parcel left, and while another edit holds it. */
export const holdFulfillments = ({ orderId, editId }: FulfillmentsHoldInput): Promise<boolean> =>
  changeAnyDispatch(orderId, async (dispatch) => {
    const { row } = dispatch;
    // Its answer came late, and the edit is over.
    if (row.resumed.includes(editId)) return true;
    if (row.stopped || row.shipped > 0) return false;
    if (row.heldBy !== null) return row.heldBy === editId;
    row.heldBy = editId;
    await dispatch.query('UPDATE fulfillment SET next_move_at = NULL WHERE order_id = $1', [orderId]);
    return true;
  });

/** Goes on, with new lines when given: parcels that were being prepared are then made anew. */
export const resumeFulfillments = (
  { orderId, editId, lines }: FulfillmentsResumeInput,
  awaited: readonly Awaited[] = [],
): Promise<boolean> =>
  changeAnyDispatch(orderId, async (dispatch) => {
    const { row } = dispatch;
    if (row.resumed.includes(editId)) return true;
    if (lines && row.heldBy !== editId) return false;
    row.resumed = [...row.resumed, editId];
    if (row.heldBy !== editId) return true;
    row.heldBy = null;
    const preparing = (await dispatch.parcels()).filter(({ status }) => status === 'PREPARING');
    if (lines) {
      for (const parcel of preparing) await dispatch.cancel(parcel);
      await dispatch.setLines(lines.map((line) => ({ ...line, imageUrl: line.imageUrl ?? null })));
      await dispatch.wait(awaited);
    } else {
      await dispatch.query(
        `UPDATE fulfillment SET next_move_at = now() WHERE order_id = $1 AND carried_by = 'demo' AND status = 'PREPARING'`,
        [orderId],
      );
    }
    await sendWhatIsThere(dispatch);
    return true;
  });

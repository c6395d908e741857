import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { changeCart, existing } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { storable } from './rules/storable.ts';

@InputType()
export class CartNoteUpdateInput {
  @Field(() => ID)
  cartId!: string;

  @Field(() => String, { nullable: true })
  note?: string | null;

  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;
}

const MOST = 1_000;

@Resolver()
export class UpdateNote {
  @Mutation(() => CartPayload)
  cartNoteUpdate(
    @Arg('input', () => CartNoteUpdateInput) input: CartNoteUpdateInput,
    @Ctx() context: Context,
  ): Promise<CartPayload> {
    return answered(() => updateNote(context, input));
  }
}

async function updateNote(
  context: Context,
  { cartId, note: given, expectedVersion }: CartNoteUpdateInput,
): Promise<Changed> {
  const note = storable(given ?? '').trim() || null;
  if (note && note.length > MOST)
    throw new Refusal('TOO_LONG', `A note may have ${MOST} characters.`, { path: ['input', 'note'] });
  const there = await existing(context.viewer, cartId);
  return { cart: await changeCart(context.viewer, there, expectedVersion, () => ({ note })) };
}

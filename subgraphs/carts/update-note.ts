import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { changeCart } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered } from './cart-payload.ts';

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
    const { cartId, expectedVersion } = input;
    return answered(async () => {
      // Postgres stores no NUL.
      const note = input.note?.replaceAll('\0', '').trim() || null;
      if (note && note.length > MOST)
        throw new Refusal('TOO_LONG', `A note may have ${MOST} characters.`, { path: ['input', 'note'] });
      return { cart: await changeCart(context.viewer, cartId, expectedVersion, () => ({ note })) };
    });
  }
}

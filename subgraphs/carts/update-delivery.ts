import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { CountryCodeScalar } from '#platform/graphql/scalars.ts';
import { type CartRecord, changeCart, existing } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { optionsFor, priceCart, requiresShipping } from './cart-prices.ts';
import { checkedAddress, checkedEmail } from './rules/contact.ts';

@InputType()
export class DeliveryAddressInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  line1!: string;

  @Field(() => String, { nullable: true })
  line2?: string | null;

  @Field(() => String)
  city!: string;

  @Field(() => String, { nullable: true })
  region?: string | null;

  @Field(() => String)
  postalCode!: string;

  @Field(() => CountryCodeScalar)
  country!: string;

  @Field(() => String, { nullable: true })
  phone?: string | null;
}

@InputType()
export class CartDeliveryUpdateInput {
  @Field(() => ID)
  cartId!: string;

  @Field(() => String, { nullable: true })
  email?: string | null;

  @Field(() => DeliveryAddressInput, { nullable: true })
  address?: DeliveryAddressInput | null;

  @Field(() => DeliveryAddressInput, { nullable: true })
  billingAddress?: DeliveryAddressInput | null;

  @Field(() => ID, { nullable: true })
  deliveryOptionId?: string | null;

  @Field(() => Int, { nullable: true })
  expectedVersion?: number | null;
}

@Resolver()
export class UpdateDelivery {
  @Mutation(() => CartPayload)
  cartDeliveryUpdate(
    @Arg('input', () => CartDeliveryUpdateInput) input: CartDeliveryUpdateInput,
    @Ctx() context: Context,
  ): Promise<CartPayload> {
    return answered(() => updateDelivery(context, input));
  }
}

/** Sets what is given and leaves the rest. An address is taken only where we deliver, an option only where it is offered. */
export async function updateDelivery(context: Context, input: CartDeliveryUpdateInput): Promise<Changed> {
  const email = input.email == null ? null : checkedEmail(input.email);
  const address = input.address ? checkedAddress(input.address, 'address') : null;
  const billing = input.billingAddress ? checkedAddress(input.billingAddress, 'billingAddress') : null;
  const there = await existing(context.viewer, input.cartId);
  const delivery_address = address ?? there.delivery_address;
  if ((address || input.deliveryOptionId) && requiresShipping(there)) {
    await checkOffered(context, { ...there, delivery_address }, input.deliveryOptionId);
  }
  const cart = await changeCart(context.viewer, there, input.expectedVersion, (now) => ({
    email: email ?? now.email,
    delivery_address: address ?? now.delivery_address,
    billing_address: billing ?? now.billing_address,
    // Another country may not offer what was chosen: then the cart says so, and the shopper chooses again.
    delivery_option_id: input.deliveryOptionId ?? now.delivery_option_id,
  }));
  return { cart };
}

async function checkOffered(context: Context, cart: CartRecord, optionId: string | null | undefined): Promise<void> {
  if (!cart.delivery_address) {
    throw unavailable('Tell us the address before you choose a delivery.', ['input', 'address']);
  }
  const options = await optionsFor(context, cart, await priceCart(context, cart).parcel());
  if (options.length === 0) {
    throw unavailable('We do not deliver to this address yet.', ['input', 'address', 'country']);
  }
  if (optionId && !options.some(({ id }) => id === optionId)) {
    throw unavailable('This delivery is not offered for this address. Choose one of deliveryOptions.', [
      'input',
      'deliveryOptionId',
    ]);
  }
}

const unavailable = (sentence: string, path: string[]) => new Refusal('DELIVERY_UNAVAILABLE', sentence, { path });

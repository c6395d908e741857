import { Arg, Ctx, Field, ID, InputType, Int, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { CountryCodeScalar } from '#platform/graphql/scalars.ts';
import { type CartRecord, changeCart, notFound, visibleCart } from './cart.records.ts';
import { CartPayload } from './cart.type.ts';
import { answered, type Changed } from './cart-payload.ts';
import { optionsFor, priceCart } from './cart-prices.ts';
import { type Address, checkedAddress, checkedEmail } from './rules/contact.ts';

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
  if (address || input.deliveryOptionId) await checkOffered(context, input, address);
  const cart = await changeCart(context.viewer, input.cartId, input.expectedVersion, (there) => ({
    email: email ?? there.email,
    delivery_address: address ?? there.delivery_address,
    billing_address: billing ?? there.billing_address,
    // Another country may not offer what was chosen: then the cart says so, and the shopper chooses again.
    delivery_option_id: input.deliveryOptionId ?? there.delivery_option_id,
  }));
  return { cart };
}

async function checkOffered(
  context: Context,
  input: CartDeliveryUpdateInput,
  address: Required<Address> | null,
): Promise<void> {
  const there = await visibleCart(context.viewer, input.cartId);
  if (!there) throw notFound();
  const cart: CartRecord = { ...there, delivery_address: address ?? there.delivery_address, delivery_option_id: null };
  if (!cart.delivery_address) {
    throw new Refusal('DELIVERY_UNAVAILABLE', 'Tell us the address before you choose a delivery.', {
      path: ['input', 'address'],
    });
  }
  const options = await optionsFor(context, cart, (await priceCart(context, cart)).parcel);
  if (options.length === 0) {
    throw new Refusal('DELIVERY_UNAVAILABLE', 'We do not deliver to this address yet.', {
      path: ['input', 'address', 'country'],
    });
  }
  if (input.deliveryOptionId && !options.some(({ id }) => id === input.deliveryOptionId)) {
    throw new Refusal(
      'DELIVERY_UNAVAILABLE',
      'This delivery is not offered for this address. Choose one of deliveryOptions.',
      {
        path: ['input', 'deliveryOptionId'],
      },
    );
  }
}

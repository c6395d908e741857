import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import type { ReactNode } from 'react';
import { Notice } from '#design/notice.tsx';
import { currentViewer } from '#features/account/current-viewer.ts';
import { withNext } from '#features/account/next-page.ts';
import { readCartId } from '#features/cart/cart-cookie.ts';
import { AddressStep } from '#features/checkout/address-step.tsx';
import { type CheckoutStep, currentStep, stepsOf } from '#features/checkout/checkout-step.ts';
import { CheckoutSummary } from '#features/checkout/checkout-summary.tsx';
import { chosenGiftCards } from '#features/checkout/chosen-gift-cards.ts';
import { daysWords } from '#features/checkout/days-words.ts';
import { DeliveryStep } from '#features/checkout/delivery-step.tsx';
import { giftCardParts } from '#features/checkout/gift-card-parts.ts';
import { intentKey } from '#features/checkout/intent-key.ts';
import { PaymentStep } from '#features/checkout/payment-step.tsx';
import { SavedAddresses } from '#features/checkout/saved-addresses.tsx';
import { StepFrame } from '#features/checkout/step-frame.tsx';
import { chosenLanguage } from '#features/language/chosen-language.ts';
import { stripeSettings } from '#features/payment/stripe-settings.ts';
import { CheckoutDocument, type CheckoutQuery } from '#generated/graphql.ts';
import { request } from '#graphql/request.ts';

export const metadata: Metadata = { title: 'Checkout' };

type Cart = NonNullable<CheckoutQuery['cart']>;

export default async function CheckoutPage({ searchParams }: PageProps<'/checkout'>) {
  const cartId = await readCartId();
  if (!cartId) redirect('/cart');
  const locale = await chosenLanguage();
  const [{ cart, shop }, params] = await Promise.all([request(CheckoutDocument, { cartId, locale }), searchParams]);
  if (!cart || cart.lines.length === 0) redirect('/cart');
  const open = currentStep(cart, text(params.step));
  const forms: Record<CheckoutStep, () => ReactNode> = {
    address: () => <AddressForm cart={cart} countries={shop?.countries ?? []} pickedId={text(params.address)} />,
    delivery: () => <DeliveryForm cart={cart} />,
    payment: () => <PaymentForm cart={cart} idempotencyKey={intentKey(cartId, cart.version)} />,
  };
  return (
    <>
      <CheckoutSummary cart={cart} />
      <h1 className="sr-only">Checkout</h1>
      <ol>
        {stepsOf(cart).map(({ step, title }, position) => (
          <StepFrame
            key={step}
            step={step}
            title={title}
            number={position + 1}
            state={stateOf(step, open, cart)}
            answer={answerOf(step, cart)}
          >
            {step === open && forms[step]()}
          </StepFrame>
        ))}
      </ol>
    </>
  );
}

async function AddressForm({
  cart,
  countries,
  pickedId,
}: {
  cart: Cart;
  countries: string[];
  pickedId: string | undefined;
}) {
  const viewer = await currentViewer().catch(() => undefined);
  const saved = viewer?.addresses ?? [];
  const picked = saved.find(({ id }) => id === pickedId);
  const address = picked ?? cart.deliveryAddress ?? saved.find(({ isDefault }) => isDefault) ?? saved[0] ?? {};
  return (
    <>
      {viewer === null && (
        <p className="mb-5 text-small text-muted">
          Have an account?{' '}
          <Link href={withNext('/sign-in', '/checkout')} className="link">
            Sign in first
          </Link>
          .
        </p>
      )}
      <SavedAddresses addresses={saved} />
      <AddressStep
        key={picked?.id}
        isMailed={!cart.requiresShipping}
        email={cart.email ?? viewer?.email ?? null}
        address={address}
        countries={countries}
      />
    </>
  );
}

function DeliveryForm({ cart }: { cart: Cart }) {
  if (!cart.deliveryOptions)
    return <Notice tone="refusal">We cannot ask the carrier just now. Reload in a minute.</Notice>;
  if (cart.deliveryOptions.length === 0) {
    return <Notice tone="refusal">We cannot deliver to this address yet. Change it to another one.</Notice>;
  }
  return <DeliveryStep options={cart.deliveryOptions} chosenId={cart.deliveryOption?.id} />;
}

async function PaymentForm({ cart, idempotencyKey }: { cart: Cart; idempotencyKey: string }) {
  return (
    <PaymentStep
      stripe={await stripeSettings()}
      total={cart.cost.total}
      giftCards={giftCardParts(cart.cost.total, await chosenGiftCards(), cart.lines)}
      takesGiftCards={cart.lines.some(({ isGiftCard }) => !isGiftCard)}
      billing={{ email: cart.email ?? '', name: cart.deliveryAddress?.name ?? '' }}
      idempotencyKey={idempotencyKey}
    />
  );
}

function stateOf(step: CheckoutStep, open: CheckoutStep, cart: Cart): 'done' | 'open' | 'ahead' {
  if (step === open) return 'open';
  return answerOf(step, cart) ? 'done' : 'ahead';
}

function answerOf(step: CheckoutStep, { email, deliveryAddress, deliveryOption }: Cart): ReactNode {
  if (step === 'address' && email && deliveryAddress) {
    const { name, line1, postalCode, city } = deliveryAddress;
    return (
      <>
        <p>{email}</p>
        <p>
          {name}, {line1}, {postalCode} {city}
        </p>
      </>
    );
  }
  if (step === 'delivery' && deliveryOption)
    return `${deliveryOption.title}. ${daysWords(deliveryOption.estimatedDays)}.`;
  return null;
}

function text(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

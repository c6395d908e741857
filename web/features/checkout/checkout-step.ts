export type CheckoutStep = 'address' | 'delivery' | 'payment';

export const STEPS: readonly { readonly step: CheckoutStep; readonly title: string }[] = [
  { step: 'address', title: 'Where to' },
  { step: 'delivery', title: 'Delivery' },
  { step: 'payment', title: 'Payment' },
];

interface Progress {
  readonly email: string | null;
  readonly deliveryAddress: unknown;
  readonly deliveryOption: unknown;
  /** False where gift cards alone are bought: they are mailed. */
  readonly requiresShipping: boolean;
}

/** The steps that a cart needs, and what they are called for it. */
export function stepsOf({ requiresShipping }: Pick<Progress, 'requiresShipping'>): typeof STEPS {
  if (requiresShipping) return STEPS;
  return [{ step: 'address', title: 'Who pays' }, ...STEPS.filter(({ step }) => step === 'payment')];
}

/** The step at hand: the first that is not done, or an earlier one that the shopper went back to. */
export function currentStep(cart: Progress, asked: string | undefined): CheckoutStep {
  const order = stepsOf(cart).map(({ step }) => step);
  const reached = firstOpen(cart);
  const wanted = order.find((step) => step === asked);
  return wanted && order.indexOf(wanted) < order.indexOf(reached) ? wanted : reached;
}

function firstOpen({ email, deliveryAddress, deliveryOption, requiresShipping }: Progress): CheckoutStep {
  if (!email || !deliveryAddress) return 'address';
  return deliveryOption || !requiresShipping ? 'payment' : 'delivery';
}

import type { OrderStatus, OrderViewFragment } from '#generated/graphql.ts';

/** The way of an order that goes well. */
export const STEPS = [
  { status: 'CONFIRMED', title: 'Confirmed', words: 'Thank you. We have your order, and your payment went through.' },
  { status: 'PREPARING', title: 'Preparing', words: 'Your things are being picked and packed.' },
  { status: 'SHIPPED', title: 'Shipped', words: 'The parcel has left and is on its way.' },
  { status: 'OUT_FOR_DELIVERY', title: 'Out for delivery', words: 'It is on the van and comes today.' },
  { status: 'DELIVERED', title: 'Delivered', words: 'It was handed over. Enjoy it.' },
] as const satisfies readonly { status: OrderStatus; title: string; words: string }[];

type StepStatus = (typeof STEPS)[number]['status'];

/** The other ways an order can stand. */
const ASIDE: Partial<Record<OrderStatus, { title: string; words: string }>> = {
  PENDING_PAYMENT: { title: 'Waiting for payment', words: 'The order goes ahead as soon as your bank agrees.' },
  CANCELLED: { title: 'Cancelled', words: 'Nothing will be sent, and you get back whatever you paid.' },
  RETURNED: { title: 'Returned', words: 'The things are back with us.' },
};

export type StepState = 'done' | 'present' | 'ahead' | 'dropped';

export interface TimelineStep {
  readonly status: StepStatus;
  readonly title: string;
  readonly state: StepState;
  readonly at: string | undefined;
}

type Told = Pick<OrderViewFragment, 'status' | 'history' | 'fulfillments'> & {
  readonly lines: readonly Pick<OrderViewFragment['lines'][number], 'isGiftCard'>[];
};

/** Whether all of an order comes by mail: gift cards have no parcel. */
export const isMailed = ({ lines }: Pick<Told, 'lines'>): boolean => lines.every(({ isGiftCard }) => isGiftCard);

const MAILED_STEPS = [
  STEPS[0],
  { status: 'DELIVERED', title: 'Mailed', words: 'The code is in your mailbox. Keep it like money.' },
] as const satisfies readonly { status: OrderStatus; title: string; words: string }[];

const stepsOf = (order: Pick<Told, 'lines'>): readonly { status: StepStatus; title: string; words: string }[] =>
  isMailed(order) ? MAILED_STEPS : STEPS;

/** The line of steps as it stands: which are behind, which is present, and when each began. */
export function timeline(order: Told): readonly TimelineStep[] {
  const steps = stepsOf(order);
  const position = steps.findIndex(({ status }) => status === order.status);
  return steps.map((step, index) => {
    const at = timeOf(order, step.status);
    return { ...step, at, state: stateAt(index, position, order.status, at) };
  });
}

/** The present state in a word and a sentence; a status this storefront does not know is written out. */
export function presentWords(
  status: OrderStatus,
  order: Pick<Told, 'lines'> = { lines: [{ isGiftCard: false }] },
): { title: string; words: string } {
  const known = stepsOf(order).find((step) => step.status === status) ?? ASIDE[status];
  return known ?? { title: sentenceCase(status), words: '' };
}

export function isFinal(status: OrderStatus): boolean {
  return status === 'DELIVERED' || status === 'CANCELLED' || status === 'RETURNED';
}

function stateAt(index: number, position: number, status: OrderStatus, at: string | undefined): StepState {
  if (position >= 0) {
    if (index < position || status === 'DELIVERED') return 'done';
    return index === position ? 'present' : 'ahead';
  }
  if (status === 'RETURNED') return 'done';
  if (status === 'CANCELLED') return at ? 'done' : 'dropped';
  return 'ahead';
}

/** From the order's history; where that is silent, from the parcel's own events. */
function timeOf({ history, fulfillments }: Told, status: StepStatus): string | undefined {
  const recorded = history.find(({ type }) => type === historyType(status));
  const events = fulfillments?.flatMap((fulfillment) => fulfillment.events) ?? [];
  return recorded?.at ?? events.find((event) => event.status === status)?.at;
}

/** How the history names the beginning of a status: "order.out-for-delivery". */
function historyType(status: StepStatus): string {
  return `order.${status.toLowerCase().replaceAll('_', '-')}`;
}

function sentenceCase(status: string): string {
  const words = status.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

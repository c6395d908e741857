import { COLORS, type ColorName } from './colors.ts';
import type { DemoGood, DemoVariant } from './good.ts';

/** What is on the card, and its color: each denomination is told by its own. */
const DENOMINATIONS: readonly (readonly [euros: number, color: ColorName])[] = [
  [25, 'saffron'],
  [50, 'terracotta'],
  [100, 'indigo'],
];

export const GIFT_CARDS: readonly DemoGood[] = [
  {
    handle: 'souk-gift-card',
    title: 'Souk gift card',
    brand: 'Souk',
    category: 'gift-cards',
    seller: 'vellum-and-valve',
    kind: 'gift-card',
    shape: 0,
    giftCard: true,
    tags: ['gift', 'present', 'voucher'],
    description:
      'For somebody whose taste you know well enough not to guess at it. The card comes to you by mail with a code of sixteen ' +
      'characters, to be passed on, printed or read out over the telephone. It pays for anything from any stall, part by ' +
      'part until it is used up, and tells at the till how much remains. There is no date by which it has to be spent.',
    options: [{ name: 'Amount', values: DENOMINATIONS.map(([euros]) => `${euros} euros`) }],
    variants: DENOMINATIONS.map(
      ([euros, color]): DemoVariant => ({
        sku: `GIFT-${euros}`,
        options: [{ name: 'Amount', value: `${euros} euros` }],
        priceCents: euros * 100,
        weightGrams: 0,
        onHand: 0,
        color: COLORS[color].hex,
      }),
    ),
  },
];

import { BATH } from './bath.ts';
import { CLOTHING } from './clothing.ts';
import { GIFT_CARDS } from './gift-cards.ts';
import type { DemoGood } from './good.ts';
import { KITCHEN } from './kitchen.ts';
import { OUTDOORS } from './outdoors.ts';
import { PANTRY } from './pantry.ts';
import { ROOMS } from './rooms.ts';
import { STUDY } from './study.ts';
import { WOVEN } from './woven.ts';

export { CATEGORIES } from './categories.ts';
export { SELLERS } from './sellers.ts';

/** Everything the demo shop sells, in the order of its menu. */
export const GOODS: readonly DemoGood[] = [
  ...KITCHEN,
  ...PANTRY,
  ...ROOMS,
  ...WOVEN,
  ...CLOTHING,
  ...OUTDOORS,
  ...BATH,
  ...STUDY,
  ...GIFT_CARDS,
];

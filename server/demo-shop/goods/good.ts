import type { Kind } from '../drawings/draw-good.ts';
import { COLORS, type ColorName } from './colors.ts';
import { stockOf } from './stock.ts';

/** A place in the tree of the shop; `hue` (0 to 360) tints the ground on which its goods are drawn. */
export interface DemoCategory {
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly parent: string | null;
  readonly hue: number;
}

export interface DemoSeller {
  readonly handle: string;
  readonly name: string;
}

/** What a shopper puts into the cart. Prices are EUR cents, tax included; `color` is the hex the drawing uses. */
export interface DemoVariant {
  readonly sku: string;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  readonly priceCents: number;
  readonly compareAtCents?: number;
  readonly weightGrams: number;
  readonly onHand: number;
  readonly color: string;
}

/** `category` and `seller` are handles; `shape` picks one of the four drawings of its kind, `accent` is a second hex. */
export interface DemoGood {
  readonly handle: string;
  readonly title: string;
  readonly description: string;
  readonly brand: string;
  readonly tags: readonly string[];
  readonly category: string;
  readonly seller: string;
  readonly kind: Kind;
  readonly shape: 0 | 1 | 2 | 3;
  /** It lies in no stock and weighs nothing. */
  readonly giftCard?: true;
  readonly accent?: string;
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
  readonly variants: readonly DemoVariant[];
}

/** What a value of an option adds to the price (cents) and to the weight (grams) of the good. */
export type Step = readonly [cents: number, grams: number];

const NO_STEP: Step = [0, 0];

/** A good as it is written down: `good` makes every combination of its options into a variant. */
export interface GoodDraft extends Omit<DemoGood, 'options' | 'variants' | 'accent'> {
  readonly accent?: ColorName;
  readonly priceCents: number;
  readonly compareAtCents?: number;
  readonly weightGrams: number;
  /** One color; or the values of the option Color; or another option (a scent, a variety) whose values each have a color. */
  readonly color: ColorName | readonly ColorName[] | Readonly<Record<string, Readonly<Record<string, ColorName>>>>;
  /** The other options, by name. */
  readonly steps?: Readonly<Record<string, Readonly<Record<string, Step>>>>;
  /** The color of which nothing is left. */
  readonly soldOut?: ColorName;
}

/** Values of an option that all cost and weigh the same. */
export function alike(...values: readonly string[]): Readonly<Record<string, Step>> {
  return Object.fromEntries(values.map((value) => [value, NO_STEP]));
}

interface Choice {
  readonly name: string;
  readonly values: readonly { readonly value: string; readonly step: Step; readonly color?: ColorName }[];
}

/** Expands a draft into a good; the same draft always gives the same SKUs and the same stock. */
export function good(draft: GoodDraft): DemoGood {
  const { priceCents, compareAtCents, weightGrams, color, steps, soldOut, accent, description, ...same } = draft;
  const choices = [...colorChoices(color), ...stepChoices(steps ?? {})];
  const prefix = [draft.kind, draft.handle].map((name) => name.slice(0, 3).toUpperCase()).join('-');

  const variants = combinations(choices).map((picked): DemoVariant => {
    const sku = [prefix, ...picked.map(({ value }) => code(value))].join('-');
    const cents = sum(picked.map(({ step }) => step[0]));
    const shown = picked.find((pick) => pick.color)?.color ?? (color as ColorName);
    return {
      sku,
      options: picked.map(({ name, value }) => ({ name, value })),
      priceCents: priceCents + cents,
      ...(compareAtCents === undefined ? {} : { compareAtCents: compareAtCents + cents }),
      weightGrams: weightGrams + sum(picked.map(({ step }) => step[1])),
      onHand: shown === soldOut ? 0 : stockOf(sku),
      color: COLORS[shown].hex,
    };
  });

  return {
    ...same,
    description: description.trim().replace(/\s+/g, ' '),
    ...(accent ? { accent: COLORS[accent].hex } : {}),
    options: choices.map(({ name, values }) => ({ name, values: values.map(({ value }) => value) })),
    variants,
  };
}

function colorChoices(color: GoodDraft['color']): Choice[] {
  if (typeof color === 'string') return [];
  if (isList(color)) {
    const values = color.map((name) => ({ value: COLORS[name].name, step: NO_STEP, color: name }));
    return [{ name: 'Color', values }];
  }
  return Object.entries(color).map(([name, values]) => ({
    name,
    values: Object.entries(values).map(([value, tint]) => ({ value, step: NO_STEP, color: tint })),
  }));
}

function stepChoices(steps: NonNullable<GoodDraft['steps']>): Choice[] {
  return Object.entries(steps).map(([name, values]) => ({
    name,
    values: Object.entries(values).map(([value, step]) => ({ value, step })),
  }));
}

type Picked = Choice['values'][number] & { readonly name: string };

function combinations(choices: readonly Choice[]): Picked[][] {
  return choices.reduce<Picked[][]>(
    (rows, { name, values }) => rows.flatMap((row) => values.map((value) => [...row, { name, ...value }])),
    [[]],
  );
}

/** "Set of 2" becomes SETOF2, "250 g" becomes 250G, "Terracotta" becomes TERR. */
function code(value: string): string {
  const words = value.toUpperCase().match(/\d+|[A-Z]+/g) ?? [];
  return words.map((word) => word.slice(0, 4)).join('');
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

// Array.isArray does not narrow a readonly array.
const isList = (color: GoodDraft['color']): color is readonly ColorName[] => Array.isArray(color);

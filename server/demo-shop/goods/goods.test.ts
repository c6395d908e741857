import { describe, expect, it } from 'vitest';
import { KINDS } from '../drawings/draw-good.ts';
import { CATEGORIES, GOODS, SELLERS } from './all-goods.ts';
import { good } from './good.ts';
import { TRANSLATED_CATEGORIES, TRANSLATED_GOODS } from './translations.ts';

const VARIANTS = GOODS.filter(({ giftCard }) => !giftCard).flatMap((item) => item.variants);
const HEX = /^#[0-9a-f]{6}$/;

describe('the demo shop', () => {
  it('has the promised size', () => {
    expect(GOODS.length).toBeGreaterThanOrEqual(110);
    expect(VARIANTS.length).toBeGreaterThanOrEqual(400);
    expect(SELLERS.length).toBe(8);
    expect(CATEGORIES.filter(({ parent }) => parent === null).length).toBeGreaterThanOrEqual(5);
    expect(LEAVES.length).toBeGreaterThanOrEqual(14);
  });

  it('gives every handle, SKU, title and description once', () => {
    for (const list of [GOODS, CATEGORIES, SELLERS]) expect(repeated(list.map(({ handle }) => handle))).toEqual([]);
    expect(repeated(VARIANTS.map(({ sku }) => sku))).toEqual([]);
    expect(repeated(GOODS.map(({ title }) => title))).toEqual([]);
    expect(repeated([...GOODS, ...CATEGORIES].map(({ description }) => description))).toEqual([]);
  });

  it('points only at categories and sellers that exist, and leaves none of them empty', () => {
    const handles = new Set(CATEGORIES.map(({ handle }) => handle));
    expect(CATEGORIES.filter(({ parent }) => parent !== null && !handles.has(parent))).toEqual([]);
    expect(new Set(GOODS.map(({ category }) => category))).toEqual(new Set(LEAVES));
    expect(new Set(GOODS.map(({ seller }) => seller))).toEqual(new Set(SELLERS.map(({ handle }) => handle)));
  });

  it('translates only what there is', () => {
    const known = (all: readonly { handle: string }[]) => new Set(all.map(({ handle }) => handle));
    const unknown = (translated: object, all: ReadonlySet<string>) =>
      Object.keys(translated).filter((handle) => !all.has(handle));
    expect(unknown(TRANSLATED_GOODS, known(GOODS))).toEqual([]);
    expect(unknown(TRANSLATED_CATEGORIES, known(CATEGORIES))).toEqual([]);
  });

  it('names a parent before its children', () => {
    const seen = new Set<string | null>([null]);
    for (const { handle, parent } of CATEGORIES) {
      expect(seen, handle).toContain(parent);
      seen.add(handle);
    }
  });

  it('draws every kind in at least three shapes', () => {
    expect(KINDS.length).toBeGreaterThanOrEqual(24);
    // The shop has one gift card.
    for (const kind of KINDS.filter((each) => each !== 'gift-card')) {
      const shapes = GOODS.filter((item) => item.kind === kind).map(({ shape }) => shape);
      expect(new Set(shapes).size, kind).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('variants', () => {
  it.each(GOODS)('of $handle take one value of every option, in every combination once', ({ options, variants }) => {
    const combinations = options.reduce((count, { values }) => count * values.length, 1);
    expect(variants.length).toBe(combinations);
    expect(repeated(variants.map((variant) => JSON.stringify(variant.options)))).toEqual([]);
    for (const variant of variants) {
      expect(variant.options.map(({ name }) => name)).toEqual(options.map(({ name }) => name));
      variant.options.forEach(({ value }, i) => {
        expect(options[i]?.values).toContain(value);
      });
    }
    // A page of variants is twenty: no good needs a second one.
    expect(variants.length).toBeLessThanOrEqual(20);
  });

  it('cost and weigh what such things do', () => {
    for (const { sku, priceCents, compareAtCents, weightGrams, color } of VARIANTS) {
      expect(Number.isInteger(priceCents) && priceCents >= 500 && priceCents <= 200_000, `${sku} ${priceCents}`).toBe(
        true,
      );
      if (compareAtCents !== undefined) expect(compareAtCents, sku).toBeGreaterThan(priceCents);
      expect(Number.isInteger(weightGrams) && weightGrams >= 25 && weightGrams <= 30_000, `${sku} ${weightGrams}`).toBe(
        true,
      );
      expect(color, sku).toMatch(HEX);
    }
    const reduced = GOODS.filter(({ variants }) => variants.some(({ compareAtCents }) => compareAtCents));
    expect(reduced.length).toBeGreaterThanOrEqual(10);
  });

  it('are mostly well stocked, some low, some sold out', () => {
    const share = (from: number, to: number) =>
      VARIANTS.filter(({ onHand }) => onHand >= from && onHand <= to).length / VARIANTS.length;
    expect(share(50, 500)).toBeGreaterThan(0.88);
    expect(share(1, 5)).toBeGreaterThan(0.035);
    expect(share(1, 5)).toBeLessThan(0.07);
    expect(share(0, 0)).toBeGreaterThan(0.03);
    expect(share(0, 0)).toBeLessThan(0.055);
    expect(share(0, 5) + share(50, 500)).toBeCloseTo(1);
  });

  it('are wholly sold out in one color for a handful of goods', () => {
    const without = GOODS.filter(({ options, variants }) => {
      const colors = [...new Set(variants.map(({ color }) => color))];
      const ofColor = colors.map((color) => variants.filter((variant) => variant.color === color));
      return options.length > 0 && ofColor.some(soldOut) && !soldOut(variants);
    });
    expect(without.length).toBeGreaterThanOrEqual(5);
    expect(without.length).toBeLessThanOrEqual(15);
  });
});

describe('words', () => {
  it.each(GOODS)('about $handle are 40 to 90, without shouting or worn-out phrases', ({ title, description, tags }) => {
    const words = description.split(' ').length;
    expect(words).toBeGreaterThanOrEqual(40);
    expect(words).toBeLessThanOrEqual(90);
    expect(`${title} ${description}`).not.toMatch(/!|["']|\s{2}|^\s|\s$/);
    expect(description).not.toMatch(WORN_OUT);
    expect(tags.length).toBeGreaterThanOrEqual(2);
    for (const tag of tags) expect(tag).toBe(tag.toLowerCase());
  });

  it('repeat no sentence', () => {
    const sentences = GOODS.flatMap(({ description }) => description.split(/(?<=[.:?;]) /)).map((text) =>
      text.toLowerCase(),
    );
    expect(sentences.length).toBeGreaterThan(GOODS.length * 3);
    expect(repeated(sentences)).toEqual([]);
  });
});

describe('good', () => {
  const mug = good({
    handle: 'mug',
    title: 'Mug',
    description: '  A mug\n of clay. ',
    brand: 'Kiln',
    category: 'cups',
    seller: 'kiln',
    kind: 'cup',
    shape: 0,
    tags: [],
    priceCents: 1000,
    compareAtCents: 1200,
    weightGrams: 300,
    color: ['indigo', 'oat'],
    steps: { Size: { '200 ml': [0, 0], '300 ml': [250, 90] } },
    soldOut: 'oat',
  });

  it('makes a variant of each combination, with the steps added to price, old price and weight', () => {
    expect(mug.description).toBe('A mug of clay.');
    expect(mug.options).toEqual([
      { name: 'Color', values: ['Indigo', 'Oat'] },
      { name: 'Size', values: ['200 ml', '300 ml'] },
    ]);
    expect(mug.variants.map(({ sku }) => sku)).toEqual([
      'CUP-MUG-INDI-200ML',
      'CUP-MUG-INDI-300ML',
      'CUP-MUG-OAT-200ML',
      'CUP-MUG-OAT-300ML',
    ]);
    expect(mug.variants[3]).toEqual({
      sku: 'CUP-MUG-OAT-300ML',
      options: [
        { name: 'Color', value: 'Oat' },
        { name: 'Size', value: '300 ml' },
      ],
      priceCents: 1250,
      compareAtCents: 1450,
      weightGrams: 390,
      onHand: 0,
      color: '#dccfb4',
    });
  });

  it('makes one variant of a good without options', () => {
    const bell = good({ ...BARE, color: 'brass' });
    expect(bell.options).toEqual([]);
    expect(bell.variants.map(({ sku, options, color }) => [sku, options, color])).toEqual([['BIC-BEL', [], '#c29a45']]);
  });

  it('colors a variant by its scent', () => {
    const soap = good({ ...BARE, color: { Scent: { Rose: 'rose', Plain: 'chalk' } } });
    expect(soap.variants.map(({ options, color }) => [options[0]?.value, color])).toEqual([
      ['Rose', '#d7a1a0'],
      ['Plain', '#f1ede3'],
    ]);
  });
});

const BARE = {
  handle: 'bell',
  title: 'Bell',
  description: 'Rings.',
  brand: 'Kiln',
  category: 'bells',
  seller: 'kiln',
  kind: 'bicycle-bell',
  shape: 0,
  tags: [],
  priceCents: 1000,
  weightGrams: 100,
} as const;

const LEAVES = CATEGORIES.filter(({ handle }) => !CATEGORIES.some(({ parent }) => parent === handle)).map(
  ({ handle }) => handle,
);

const WORN_OUT =
  /timeless|elevate|must-have|nestled|crafted with|perfect for|seamlessly|look no further|effortless|curated|artisanal|premium|luxur|stunning|unparalleled|game.chang|whether you/i;

const repeated = (values: readonly string[]) => values.filter((value, i) => values.indexOf(value) !== i);

const soldOut = (variants: readonly { onHand: number }[]) => variants.every(({ onHand }) => onHand === 0);

import { expect, test } from 'vitest';
import { exported, inDecimals } from './export.ts';

test('what is exported is read behind the last key, until a page is not full', async () => {
  const all = Array.from({ length: 1_001 }, (_, at) => ({ key: String(at).padStart(4, '0'), at }));
  const asked: unknown[][] = [];
  const read = async (...[after, limit]: unknown[]) => {
    asked.push([after, limit]);
    return all.filter(({ key }) => key > (after as string)).slice(0, limit as number);
  };
  const source = { name: 'shop', statement: (() => read) as never };
  const sizes: number[] = [];
  const seen: object[] = [];
  for await (const page of exported('things', source, 'SELECT', ({ at }: { at: number }) => ({ at })).pages()) {
    sizes.push(page.length);
    seen.push(...page);
  }
  expect(sizes).toEqual([500, 500, 1]);
  expect(asked).toEqual([
    ['', 500],
    ['0499', 500],
    ['0999', 500],
  ]);
  expect(seen).toEqual(all.map(({ at }) => ({ at })));
});

test('amounts are decimals of their currency, and none stays none', () => {
  const row = { price: 1999n, before: null, weight: 300 };
  expect(inDecimals(row, 'EUR', ['price', 'before'])).toEqual({ price: '19.99', before: null, weight: 300 });
  expect(inDecimals({ price: '1250' }, 'KWD', ['price'])).toEqual({ price: '1.250' });
});

import { expect, test } from 'vitest';
import { code128 } from './code128.ts';

/** The symbols of a text, start and check among them, without the stop. */
function symbolsOf(text: string): string[] {
  const widths = code128(text);
  expect(widths.slice(-7).join('')).toBe('2331112');
  return Array.from({ length: (widths.length - 7) / 6 }, (_, i) => widths.slice(6 * i, 6 * i + 6).join(''));
}
const [START_B, START_C, CODE_B, CODE_C] = ['211214', '211232', '114131', '113141'];
const PAIRS = Array.from({ length: 100 }, (_, value) => symbolsOf(`${String(value).padStart(2, '0')}00`)[1]!);

test('every symbol is 11 modules wide, its bars an even number, and like no other, as the standard builds them', () => {
  const all = [...PAIRS, CODE_B, START_B, START_C];
  expect(new Set(all).size).toBe(103);
  for (const symbol of all) {
    const widths = [...symbol].map(Number);
    expect(widths.reduce((sum, width) => sum + width)).toBe(11);
    expect((widths[0]! + widths[2]! + widths[4]!) % 2, symbol).toBe(0);
  }
});

test('letters, their start and their check as the standard has them', () => {
  // 104 + 48 + 2·42 + 3·42 + 4·17 + 5·18 + 6·19 + 7·35 is 55 of 103.
  expect(symbolsOf('PJJ123C')).toEqual([START_B, ...[48, 42, 42, 17, 18, 19, 35, 55].map((value) => PAIRS[value])]);
});

test('runs of digits take a symbol for two', () => {
  // 105 + 12 + 2·34 is 82 of 103.
  expect(symbolsOf('1234')).toEqual([START_C, ...[12, 34, 82].map((value) => PAIRS[value])]);
  expect(symbolsOf('A1234z').slice(0, -1)).toEqual([
    START_B,
    PAIRS[33],
    CODE_C,
    PAIRS[12],
    PAIRS[34],
    CODE_B,
    PAIRS[90],
  ]);
  expect(symbolsOf('A12345').slice(0, -1)).toEqual([START_B, PAIRS[33], PAIRS[17], CODE_C, PAIRS[23], PAIRS[45]]);
  expect(symbolsOf('A12')).toHaveLength(5);
});

test('what has no symbol is refused', () => {
  for (const text of ['', 'ä', 'a\nb']) expect(() => code128(text)).toThrow('printable ASCII');
});

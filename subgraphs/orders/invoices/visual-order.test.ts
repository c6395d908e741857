import { expect, test } from 'vitest';
import { directionOf, inVisualOrder, isRightToLeft, levelsOf, mirrored } from './visual-order.ts';

/** A line as it stands on paper, letter by letter, for a reader that goes from left to right. */
function seen(line: string): string {
  const direction = directionOf(line);
  const levels = levelsOf(line, direction);
  const runs: { text: string; level: number }[] = [];
  for (const [i, letter] of [...line].entries()) {
    const last = runs.at(-1);
    if (last && last.level === levels[i]) last.text += letter;
    else runs.push({ text: letter, level: levels[i]! });
  }
  return inVisualOrder(runs)
    .map(({ text, level }) => (level % 2 === 1 ? mirrored(text) : text))
    .join('');
}

// Cases of https://www.unicode.org/reports/tr9/, with Hebrew for its capitals.
test.each([
  ['ltr', 'car is the אבג in english', 'car is the גבא in english'],
  ['rtl', 'אבג car דה', 'הד car גבא'],
  ['rtl', 'רחוב הרצל 12, דירה 7', '7 הריד ,12 לצרה בוחר'],
  ['rtl', 'ספל (גדול) Souk 250', 'Souk 250 (לודג) לפס'],
  ['ltr', 'Lamp (מנורה) 2', 'Lamp (הרונמ) 2'],
  ['ltr', '10119 Berlin', '10119 Berlin'],
])('%s: %s', (direction, line, paper) => {
  expect(directionOf(line)).toBe(direction);
  expect(seen(line)).toBe(paper);
});

test('letters that go from right to left are known, and no others', () => {
  for (const text of ['א', 'ش', 'ﷲ', 'ߊ', '𞤀']) expect(isRightToLeft(text)).toBe(true);
  for (const text of ['Lamp', 'Ω', 'Ж', '茶', '도', '12 (3)', '', 'के', '😀']) expect(isRightToLeft(text)).toBe(false);
});

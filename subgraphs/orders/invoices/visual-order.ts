import bidiFactory from 'bidi-js';

const bidi = (bidiFactory as unknown as () => ReturnType<typeof bidiFactory.default>)();

/** Text that is written from right to left: Hebrew, Arabic and what else Unicode has of it. */
export const isRightToLeft = (text: string): boolean => RIGHT_TO_LEFT.test(text);
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe]|[\u{10800}-\u{10fff}]|[\u{1e800}-\u{1efff}]/u;

export type Direction = 'ltr' | 'rtl';

/** Which way a text as a whole goes, by its first letter that has a way (UAX 9, P2 and P3). */
export const directionOf = (text: string): Direction =>
  (bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level ?? 0) % 2 === 1 ? 'rtl' : 'ltr';

/** How deep each letter of a line is embedded, by UTF-16 unit: odd where it goes from right to left (https://www.unicode.org/reports/tr9/). */
export const levelsOf = (line: string, direction: Direction): Uint8Array =>
  bidi.getEmbeddingLevels(line, direction).levels;

/** Parts of a line, each of one level, in the order in which they stand on paper: rule L2. */
export function inVisualOrder<Part extends { readonly level: number }>(parts: readonly Part[]): Part[] {
  const order = [...parts];
  const deepest = Math.max(0, ...order.map(({ level }) => level));
  for (let level = deepest; level >= 1; level--) {
    for (let from = 0; from < order.length; from++) {
      let to = from;
      while (to < order.length && order[to]!.level >= level) to++;
      if (to > from) order.splice(from, to - from, ...order.slice(from, to).reverse());
      from = to;
    }
  }
  return order;
}

/** Signs without a way of their own, as they stand within a text from right to left: backwards, and brackets turned around. */
export const mirrored = (signs: string): string =>
  [...signs]
    .reverse()
    .map((sign) => bidi.getMirroredCharacter(sign) ?? sign)
    .join('');

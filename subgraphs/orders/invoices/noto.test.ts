import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';
import { expect, test } from 'vitest';
import { notoFileOf } from './noto.ts';
import { unpackWoff2 } from './woff2.ts';

const require = createRequire(import.meta.url);
const read = (family: string, file: string) =>
  readFileSync(require.resolve(`@fontsource-variable/${family}/files/${file}-wght-normal.woff2`));

test.each([
  ['noto-sans', 'noto-sans-greek'],
  ['noto-sans', 'noto-sans-cyrillic-ext'],
  ['noto-sans-arabic', 'noto-sans-arabic-arabic'],
  ['noto-sans-hebrew', 'noto-sans-hebrew-hebrew'],
  ['noto-sans-sc', 'noto-sans-sc-119'],
  ['noto-sans-kr', 'noto-sans-kr-119'],
])('%s: every glyph of %s that is unpacked is as fontkit sees it in the packed one', (family, file) => {
  const packed = create(read(family, file)) as Font;
  const unpacked = create(unpackWoff2(read(family, file))) as Font;
  expect(unpacked.characterSet).toEqual(packed.characterSet);
  expect(unpacked.numGlyphs).toBe(packed.numGlyphs);
  const outlines = (font: Font) =>
    Array.from(
      { length: font.numGlyphs },
      (_, id) => `${font.getGlyph(id).advanceWidth} ${font.getGlyph(id).path.toSVG()}`,
    );
  expect(outlines(unpacked)).toEqual(outlines(packed));
});

test('what is no WOFF 2 is refused', () => {
  expect(() => unpackWoff2(Buffer.from('wOFF and more'))).toThrow('no font in WOFF 2.0');
});

test.each([
  ['Greek', 'Ελλάδα ΰ ἀρχή', 'noto-sans-greek-ext'],
  ['Cyrillic', 'Ёлка Ўзбекистон Україна', 'noto-sans-cyrillic'],
  ['Arabic', 'سلمى حداد پژوهش', 'noto-sans-arabic-arabic'],
  ['Hebrew', 'דנה כהן־לוי', 'noto-sans-hebrew-hebrew'],
  ['Chinese', '陶瓷茶杯禮盒，北京市', 'noto-sans-sc-118'],
  ['Japanese', '茶碗ときゅうす、カタカナ', 'noto-sans-sc-119'],
  ['Korean', '도자기 찻잔 세트', 'noto-sans-kr-119'],
  ['Devanagari', 'मिट्टी का प्याला', 'noto-sans-devanagari'],
])('%s has a file for every letter', (_, text, one) => {
  const files = [...text.replaceAll(' ', '')].map((letter) => notoFileOf(letter, 600)?.name);
  expect(files).not.toContain(undefined);
  expect(files).toContain(`${one}-600`);
});

test('what no file has is known to be missing, and a weight is one', () => {
  expect(notoFileOf('ถ', 400)).toBeNull();
  expect(notoFileOf('😀', 400)).toBeNull();
  const [light, strong] = [notoFileOf('Ω', 400)!, notoFileOf('Ω', 600)!];
  expect(notoFileOf('Ω', 400)).toBe(light);
  const width = ({ font }: typeof light) => font.glyphForCodePoint('Ж'.codePointAt(0)!).advanceWidth;
  expect(light.font.postscriptName).not.toBe(strong.font.postscriptName);
  expect(width(notoFileOf('Ж', 600)!)).toBeGreaterThan(width(notoFileOf('Ж', 400)!));
});

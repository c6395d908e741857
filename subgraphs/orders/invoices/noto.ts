import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setImmediate } from 'node:timers/promises';
import { create, type Font } from 'fontkit';
import { encodeOutline, type Point } from './outline.ts';
import { unpackWoff2 } from './woff2.ts';

/**
 * Where letters are looked for that the shop's own fonts lack, in this order. An ideograph has the form that it has in
 * China, since nothing says whose language a name is in.
 */
const FAMILIES = ['noto-sans', 'noto-sans-arabic', 'noto-sans-hebrew', 'noto-sans-sc', 'noto-sans-kr'] as const;

export interface NotoFile {
  /** E.g. `noto-sans-greek-600`. */
  readonly name: string;
  readonly font: Font;
}

interface Slice {
  readonly file: string;
  readonly path: string;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

const require = createRequire(import.meta.url);
let slices: Slice[] | null = null;
const opened = new Map<string, NotoFile>();
const found = new Map<string, NotoFile | null>();

/** The file that has a letter, in a weight from 100 to 900; null where none has. Each is read when it is first needed. */
export function notoFileOf(letter: string, weight: number): NotoFile | null {
  const key = `${weight} ${letter}`;
  let file = found.get(key);
  if (file === undefined) {
    file = find(letter.codePointAt(0) ?? 0, weight);
    found.set(key, file);
  }
  return file;
}

/** Reads what these letters need beforehand, a file at a time: unpacking ten at once would hold up everything else for a second. */
export async function openNotoFor(letters: Iterable<string>, weights: Iterable<number>): Promise<void> {
  for (const weight of new Set(weights))
    for (const letter of letters) {
      const before = opened.size;
      notoFileOf(letter, weight);
      if (opened.size > before) await setImmediate();
    }
}

function find(codePoint: number, weight: number): NotoFile | null {
  for (const slice of slicesOfAll()) {
    if (!slice.ranges.some(([from, to]) => codePoint >= from && codePoint <= to)) continue;
    const file = open(slice, weight);
    if (file.font.hasGlyphForCodePoint(codePoint)) return file;
  }
  return null;
}

/** Each family comes in files of some letters each, and says which in the words of CSS. */
function slicesOfAll(): Slice[] {
  slices ??= FAMILIES.flatMap((family) => {
    const told: Record<string, string> = JSON.parse(
      readFileSync(require.resolve(`@fontsource-variable/${family}/unicode.json`), 'utf8'),
    );
    return Object.entries(told).map(([name, ranges]) => {
      const file = `${family}-${name.replace(/[[\]]/g, '')}`;
      return { file, path: `@fontsource-variable/${family}/files/${file}-wght-normal.woff2`, ranges: rangesOf(ranges) };
    });
  });
  return slices;
}

const rangesOf = (text: string) =>
  text.split(',').map((range) => {
    const [from = 0, to = from] = range
      .trim()
      .slice(2)
      .split('-')
      .map((hex) => Number.parseInt(hex, 16));
    return [from, to] as const;
  });

function open(slice: Slice, weight: number): NotoFile {
  const name = `${slice.file}-${weight}`;
  let file = opened.get(name);
  if (!file) {
    const font = create(unpackWoff2(readFileSync(require.resolve(slice.path)))) as Font;
    file = { name, font: embeddable(font.getVariation({ wght: weight }), name) };
    opened.set(name, file);
  }
  return file;
}

/** What fontkit has and its types do not tell. */
interface DrawnGlyph {
  readonly path: {
    readonly commands: readonly { readonly command: string; readonly args: readonly number[] }[];
  };
  readonly advanceWidth: number;
}
interface OpenSubset {
  glyf: Uint8Array[];
  loca: { offsets: number[] };
  hmtx: { metrics: { advance: number; bearing: number }[] };
  offset: number;
  _addGlyph(id: number): number;
}

/**
 * Has a name of its own, since pdfkit takes all weights and files of a family for one; and has the glyphs that are used embedded as
 * they are drawn: fontkit loses fractions on the way, and puts the parts of a composed one where they are in another weight.
 */
function embeddable(font: Font, name: string): Font {
  Object.defineProperty(font, 'postscriptName', { value: name });
  const createSubset = font.createSubset.bind(font);
  font.createSubset = () => {
    const subset = createSubset() as unknown as OpenSubset;
    subset._addGlyph = (id) => {
      const { path, advanceWidth } = font.getGlyph(id) as unknown as DrawnGlyph;
      const { bytes, left } = encodeOutline(contoursOf(path.commands));
      subset.glyf.push(bytes);
      subset.loca.offsets.push(subset.offset);
      subset.hmtx.metrics.push({ advance: Math.round(advanceWidth), bearing: left });
      subset.offset += bytes.length;
      return subset.glyf.length - 1;
    };
    return subset as unknown as ReturnType<Font['createSubset']>;
  };
  return font;
}

/** Lines and quadratic curves, as TrueType has them: a list of points a contour. */
function contoursOf(commands: DrawnGlyph['path']['commands']): Point[][] {
  const contours: Point[][] = [];
  for (const { command, args } of commands) {
    if (command === 'moveTo') contours.push([]);
    for (let i = 0; i + 1 < args.length; i += 2) {
      const isOnCurve = !(command === 'quadraticCurveTo' && i === 0);
      contours.at(-1)?.push({ x: Math.round(args[i]!), y: Math.round(args[i + 1]!), isOnCurve });
    }
  }
  return contours.filter((points) => points.length > 1);
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Font, create as openFont } from 'fontkit';
import PdfDocument from 'pdfkit';
import { notoFileOf, openNotoFor } from './noto.ts';
import { type Direction, directionOf, inVisualOrder, isRightToLeft, levelsOf, mirrored } from './visual-order.ts';
import { unpackWoff } from './woff.ts';

/** The storefront's light colors, as in mails. */
export const COLORS = { ink: '#1b1f29', muted: '#5f636f', line: '#e0ded8', saffron: '#efa831' } as const;

const FAMILIES = {
  text: ['instrument-sans', 400],
  strong: ['instrument-sans', 600],
  heading: ['bricolage-grotesque', 600],
} as const;
type Face = keyof typeof FAMILIES;

/** Each face comes in files of some letters each: tried in this order. */
const SCRIPTS = ['latin', 'latin-ext', 'vietnamese'] as const;

interface FontFile {
  readonly name: string;
  readonly font: Font;
}

interface OwnFile extends FontFile {
  readonly bytes: Buffer;
}

const require = createRequire(import.meta.url);
const files = new Map<Face, OwnFile[]>();

function filesOf(face: Face): OwnFile[] {
  let found = files.get(face);
  if (!found) {
    const [family, weight] = FAMILIES[face];
    found = SCRIPTS.flatMap((script) => {
      // Instrument Sans has no Vietnamese.
      if (script === 'vietnamese' && family === 'instrument-sans') return [];
      const bytes = unpackWoff(
        readFileSync(require.resolve(`@fontsource/${family}/files/${family}-${script}-${weight}-normal.woff`)),
      );
      return [{ name: `${face}-${script}`, bytes, font: openFont(bytes) as Font }];
    });
    files.set(face, found);
  }
  return found;
}

export interface Style {
  readonly face?: Face;
  /** In points. */
  readonly size: number;
  readonly color?: string;
  readonly align?: 'left' | 'right';
}

interface Run {
  readonly file: FontFile;
  readonly text: string;
  /** Odd where it goes from right to left. */
  readonly level: number;
}

/**
 * What is drawn with on A4 paper: text in the shop's fonts, wrapped, a letter that one file lacks taken from the next, and one
 * that none has from Noto Sans. Text from right to left stands as it is read.
 */
export class Paper {
  readonly pdf: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];
  readonly #registered = new Set<string>();

  constructor(info: { title: string; author: string; at: Date }) {
    const { title: Title, author: Author, at } = info;
    // Times and identifiers are the document's own: rendered again it is the same file.
    this.pdf = new PdfDocument({
      ...{ size: 'A4', margin: 0, bufferPages: true, autoFirstPage: true, lang: 'en', displayTitle: true },
      info: { Title, Author, CreationDate: at, ModDate: at, Producer: 'Souk', Creator: 'Souk' },
    });
    this.pdf.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    for (const face of Object.keys(FAMILIES) as Face[])
      for (const { name, bytes } of filesOf(face)) {
        this.pdf.registerFont(name, bytes);
        this.#registered.add(name);
      }
  }

  /** Draws a text, wrapped where it does not fit; answers the height it took. */
  text(words: string, x: number, y: number, width: number, style: Style): number {
    const lines = this.#wrap(words, width, style);
    const height = style.size * (style.face === 'heading' ? 1.15 : 1.45);
    const direction = isRightToLeft(words) ? directionOf(words) : 'ltr';
    lines.forEach((line, i) => {
      this.#line(line, x, y + i * height, width, style, direction);
    });
    return lines.length * height;
  }

  rule(x: number, y: number, width: number, color: string = COLORS.line, thickness = 0.6): void {
    this.pdf
      .moveTo(x, y)
      .lineTo(x + width, y)
      .lineWidth(thickness)
      .strokeColor(color)
      .stroke();
  }

  widthOf(words: string, { face = 'text', size }: Style): number {
    return runsOf(words, face).reduce((width, run) => width + this.#measure(run, size), 0);
  }

  async finish(): Promise<Buffer> {
    const ended = new Promise((resolve) => this.pdf.once('end', resolve));
    this.pdf.end();
    await ended;
    return Buffer.concat(this.#chunks);
  }

  #line(words: string, x: number, y: number, width: number, style: Style, direction: Direction): void {
    const { face = 'text', size, color = COLORS.ink, align = 'left' } = style;
    let at = align === 'right' ? x + width - this.widthOf(words, style) : x;
    const own = filesOf(face)[0]!;
    for (const run of onPaper(words, face, direction)) {
      // All letters of a line stand on one base, and pdfkit is told where a font's highest reach.
      const top = y + (ascentOf(own) - ascentOf(run.file)) * size;
      this.#use(run.file)
        .fontSize(size)
        .fillColor(color)
        .text(run.text, at, top, { lineBreak: false, features: FEATURES });
      at += this.#measure(run, size);
    }
  }

  #use({ name, font }: FontFile): PDFKit.PDFDocument {
    if (!this.#registered.has(name)) {
      this.#registered.add(name);
      // Opened already: its types do not tell that pdfkit takes it so.
      this.pdf.registerFont(name, font as unknown as Buffer);
    }
    return this.pdf.font(name);
  }

  #measure({ file, text }: Pick<Run, 'file' | 'text'>, size: number): number {
    return this.#use(file).fontSize(size).widthOfString(text, { features: FEATURES });
  }

  /** Between words; within one that is wider than the line. */
  #wrap(words: string, width: number, style: Style): string[] {
    const lines: string[] = [];
    let line = '';
    for (const word of words.split(/\s+/).filter(Boolean)) {
      const longer = line ? `${line} ${word}` : word;
      if (this.widthOf(longer, style) <= width) {
        line = longer;
        continue;
      }
      if (line) lines.push(line);
      line = '';
      for (const letter of word) {
        if (line && this.widthOf(line + letter, style) > width) {
          lines.push(line);
          line = '';
        }
        line += letter;
      }
    }
    return line || lines.length === 0 ? [...lines, line] : lines;
  }
}

/** Figures of one width, so that amounts stand below one another. */
const FEATURES: PDFKit.Mixins.OpenTypeFeatures[] = ['tnum', 'kern', 'liga'];

const ascentOf = ({ font }: FontFile): number => font.ascent / font.unitsPerEm;

/** The runs of a line as they stand on paper. */
function onPaper(line: string, face: Face, direction: Direction): Run[] {
  const runs = runsOf(line, face, direction);
  if (!runs.some(({ level }) => level > 0)) return runs;
  return inVisualOrder(runs).map((run) =>
    // fontkit turns what is written from right to left itself, once it has joined its letters.
    run.level % 2 === 1 && !isRightToLeft(run.text) ? { ...run, text: mirrored(run.text) } : run,
  );
}

/** Letters of one font and one level each, in the order in which they are read. */
function runsOf(words: string, face: Face, direction: Direction = 'ltr'): Run[] {
  const line = words.normalize('NFC');
  const levels = isRightToLeft(line) ? levelsOf(line, direction) : null;
  const runs: { file: FontFile; text: string; level: number }[] = [];
  let at = 0;
  for (const letter of line) {
    const level = levels?.[at] ?? 0;
    at += letter.length;
    const { file, text } = drawn(letter, face);
    const last = runs.at(-1);
    if (last?.file === file && last.level === level) last.text += text;
    else runs.push({ file, text, level });
  }
  return runs;
}

/** Reads the fonts that a text needs and the shop does not have, so that drawing it holds nothing up. */
export async function openFontsFor(text: string): Promise<void> {
  const faces = Object.keys(FAMILIES) as Face[];
  const missing = [...new Set(text.normalize('NFC'))].filter(
    (letter) => !faces.every((face) => ownFileOf(letter, face)),
  );
  await openNotoFor(
    missing,
    faces.map((face) => FAMILIES[face][1]),
  );
}

const ownFileOf = (text: string, face: Face): OwnFile | undefined =>
  filesOf(face).find(
    ({ font }) => text !== '' && [...text].every((each) => font.hasGlyphForCodePoint(each.codePointAt(0)!)),
  );

/** A letter that no file has is drawn without its marks, or else as a question mark; one that is never seen is left out. */
function drawn(letter: string, face: Face): Pick<Run, 'file' | 'text'> {
  const asIs = ownFileOf(letter, face) ?? notoFileOf(letter, FAMILIES[face][1]);
  if (asIs) return { file: asIs, text: letter };
  const [first] = filesOf(face) as [OwnFile];
  if (/\p{Default_Ignorable_Code_Point}/u.test(letter)) return { file: first, text: '' };
  const bare = letter.normalize('NFD').replace(/\p{M}/gu, '');
  const file = ownFileOf(bare, face);
  return file ? { file, text: bare } : { file: first, text: '?' };
}

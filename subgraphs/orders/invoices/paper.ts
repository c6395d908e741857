import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Font, create as openFont } from 'fontkit';
import PdfDocument from 'pdfkit';
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
  readonly bytes: Buffer;
  readonly font: Font;
}

const require = createRequire(import.meta.url);
const files = new Map<Face, FontFile[]>();

function filesOf(face: Face): FontFile[] {
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
}

/** What is drawn with on A4 paper: text in the shop's fonts, wrapped, a letter that one file lacks taken from the next. */
export class Paper {
  readonly pdf: PDFKit.PDFDocument;
  readonly #chunks: Buffer[] = [];

  constructor(info: { title: string; author: string; at: Date }) {
    const { title: Title, author: Author, at } = info;
    // Times and identifiers are the document's own: rendered again it is the same file.
    this.pdf = new PdfDocument({
      ...{ size: 'A4', margin: 0, bufferPages: true, autoFirstPage: true, lang: 'en', displayTitle: true },
      info: { Title, Author, CreationDate: at, ModDate: at, Producer: 'Souk', Creator: 'Souk' },
    });
    this.pdf.on('data', (chunk: Buffer) => this.#chunks.push(chunk));
    for (const face of Object.keys(FAMILIES) as Face[])
      for (const { name, bytes } of filesOf(face)) this.pdf.registerFont(name, bytes);
  }

  /** Draws a text, wrapped where it does not fit; answers the height it took. */
  text(words: string, x: number, y: number, width: number, style: Style): number {
    const lines = this.#wrap(words, width, style);
    const height = style.size * (style.face === 'heading' ? 1.15 : 1.45);
    lines.forEach((line, i) => {
      this.#line(line, x, y + i * height, width, style);
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

  #line(words: string, x: number, y: number, width: number, style: Style): void {
    const { face = 'text', size, color = COLORS.ink, align = 'left' } = style;
    let at = align === 'right' ? x + width - this.widthOf(words, style) : x;
    for (const run of runsOf(words, face)) {
      this.pdf
        .font(run.file.name)
        .fontSize(size)
        .fillColor(color)
        .text(run.text, at, y, { lineBreak: false, features: FEATURES });
      at += this.#measure(run, size);
    }
  }

  #measure({ file, text }: Run, size: number): number {
    return this.pdf.font(file.name).fontSize(size).widthOfString(text, { features: FEATURES });
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

function runsOf(words: string, face: Face): Run[] {
  const runs: { file: FontFile; text: string }[] = [];
  for (const letter of words.normalize('NFC')) {
    const { file, text } = drawn(letter, filesOf(face));
    const last = runs.at(-1);
    if (last?.file === file) last.text += text;
    else runs.push({ file, text });
  }
  return runs;
}

/** A letter that no file has is drawn without its marks, or else as a question mark. */
function drawn(letter: string, candidates: readonly FontFile[]): Run {
  for (const text of [letter, letter.normalize('NFD').replace(/\p{M}/gu, ''), '?']) {
    const file = candidates.find(
      ({ font }) => text !== '' && [...text].every((each) => font.hasGlyphForCodePoint(each.codePointAt(0)!)),
    );
    if (file) return { file, text };
  }
  return { file: candidates[0]!, text: '?' };
}

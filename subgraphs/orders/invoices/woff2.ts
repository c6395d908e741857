import { brotliDecompressSync } from 'node:zlib';
import { encodeOutline, type Point } from './outline.ts';
import { type FontTable, joinTables } from './woff.ts';

/**
 * A font in WOFF 2 (https://www.w3.org/TR/WOFF2/) as the font within it, but for its hints, which paper has no use for. fontkit reads
 * WOFF 2 as well, but cannot embed what it read.
 */
export function unpackWoff2(woff2: Buffer): Buffer {
  if (woff2.toString('latin1', 0, 4) !== 'wOF2') throw new Error('This is no font in WOFF 2.0.');
  const directory = new Reader(woff2, 48);
  const entries = Array.from({ length: woff2.readUInt16BE(12) }, () => entryIn(directory));
  const packed = woff2.subarray(directory.at, directory.at + woff2.readUInt32BE(20));
  const data = new Reader(brotliDecompressSync(packed), 0);
  const tables = new Map(entries.map(({ tag, length }) => [tag, data.take(length)]));
  if (entries.some(({ tag, isTransformed }) => isTransformed && tag !== 'glyf' && tag !== 'loca'))
    throw new Error('This font in WOFF 2.0 is packed in a way that is not known here.');
  if (entries.some(({ tag, isTransformed }) => isTransformed && tag === 'glyf')) {
    const { glyf, loca } = rebuildGlyphs(tables.get('glyf')!);
    const head = Buffer.from(tables.get('head')!);
    // Offsets of four bytes.
    head.writeInt16BE(1, 50);
    for (const [tag, bytes] of Object.entries({ glyf, loca, head })) tables.set(tag, bytes);
  }
  const sorted = [...tables].sort(([a], [b]) => (a < b ? -1 : 1));
  return joinTables(
    woff2.subarray(4, 8),
    sorted.map(([tag, bytes]): FontTable => ({ tag: Buffer.from(tag, 'latin1'), checksum: 0, bytes })),
  );
}

// Section 5.2: tags by their number; 63 is followed by another.
const TAGS =
  'cmap head hhea hmtx maxp name OS/2 post cvt_ fpgm glyf loca prep CFF_ VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG_ sbix acnt avar bdat bloc bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill'
    .replaceAll('_', ' ')
    .match(/.{4}(?: |$)/g)!
    .map((tag) => tag.slice(0, 4));

function entryIn(directory: Reader): { tag: string; isTransformed: boolean; length: number } {
  const flags = directory.byte();
  const tag = (flags & 63) === 63 ? directory.take(4).toString('latin1') : TAGS[flags & 63]!;
  const version = flags >> 6;
  const isTransformed = tag === 'glyf' || tag === 'loca' ? version !== 3 : version !== 0;
  const length = directory.base128();
  return { tag, isTransformed, length: isTransformed ? directory.base128() : length };
}

/** Section 5.1: what all glyphs have of one kind lies together. */
function rebuildGlyphs(table: Buffer): { glyf: Buffer; loca: Buffer } {
  const count = table.readUInt16BE(4);
  const all = new Reader(table, 36);
  const [contours, points, flags, glyphs, composites, boxes] = [8, 12, 16, 20, 24, 28].map(
    (at) => new Reader(all.take(table.readUInt32BE(at)), 0),
  ) as [Reader, Reader, Reader, Reader, Reader, Reader];
  const hasBox = boxes.take(4 * ((count + 31) >> 5));
  const parts: Buffer[] = [];
  const loca = Buffer.alloc(4 * (count + 1));
  let offset = 0;
  for (let id = 0; id < count; id++) {
    const number = contours.int16();
    const box = hasBox[id >> 3]! & (0x80 >> (id & 7)) ? boxes.take(8) : null;
    const bytes = number < 0 ? composite(composites, glyphs, box) : simple(number, points, flags, glyphs);
    parts.push(bytes);
    offset += bytes.length;
    loca.writeUInt32BE(offset, 4 * (id + 1));
  }
  return { glyf: Buffer.concat(parts), loca };
}

function simple(number: number, points: Reader, flags: Reader, glyphs: Reader): Buffer {
  const lengths = Array.from({ length: number }, () => points.short255());
  let [x, y] = [0, 0];
  const contours = lengths.map((length) =>
    Array.from({ length }, (): Point => {
      const flag = flags.byte();
      const [dx, dy] = stepIn(flag & 127, glyphs);
      x += dx;
      y += dy;
      return { x, y, isOnCurve: flag < 128 };
    }),
  );
  if (number > 0) glyphs.short255();
  return encodeOutline(contours).bytes;
}

const signed = (flag: number, value: number): number => (flag & 1 ? value : -value);

/** Section 5.2, triplet encoding: from one byte to four say how far the next point is. */
function stepIn(flag: number, bytes: Reader): [dx: number, dy: number] {
  if (flag < 10) return [0, signed(flag, ((flag & 14) << 7) + bytes.byte())];
  if (flag < 20) return [signed(flag, (((flag - 10) & 14) << 7) + bytes.byte()), 0];
  if (flag < 84) {
    const [high, low] = [flag - 20, bytes.byte()];
    return [signed(flag, 1 + (high & 0x30) + (low >> 4)), signed(flag >> 1, 1 + ((high & 0x0c) << 2) + (low & 0x0f))];
  }
  if (flag < 120) {
    const high = flag - 84;
    const dx = signed(flag, 1 + (Math.floor(high / 12) << 8) + bytes.byte());
    return [dx, signed(flag >> 1, 1 + (((high % 12) >> 2) << 8) + bytes.byte())];
  }
  if (flag < 124) {
    const [first, middle, last] = [bytes.byte(), bytes.byte(), bytes.byte()];
    return [signed(flag, (first << 4) + (middle >> 4)), signed(flag >> 1, ((middle & 0x0f) << 8) + last)];
  }
  const dx = signed(flag, bytes.uint16());
  return [dx, signed(flag >> 1, bytes.uint16())];
}

const WORDS = 0x01;
const SCALE = 0x08;
const MORE = 0x20;
const SCALES = 0x40;
const MATRIX = 0x80;
const HINTED = 0x100;

/** Made of other glyphs: as it was, less its hints. */
function composite(parts: Reader, glyphs: Reader, box: Buffer | null): Buffer {
  const head = Buffer.alloc(10);
  head.writeInt16BE(-1, 0);
  box?.copy(head, 2);
  const components: Buffer[] = [];
  let isHinted = false;
  for (let flags = MORE; flags & MORE; ) {
    flags = parts.uint16();
    isHinted ||= (flags & HINTED) !== 0;
    const scale = flags & SCALE ? 2 : flags & SCALES ? 4 : flags & MATRIX ? 8 : 0;
    const rest = parts.take(2 + (flags & WORDS ? 4 : 2) + scale);
    components.push(Buffer.from([(flags & ~HINTED) >> 8, flags & 255]), rest);
  }
  if (isHinted) glyphs.short255();
  const bytes = Buffer.concat([head, ...components]);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

/** Reads on from where it is. */
class Reader {
  readonly #bytes: Buffer;
  at: number;

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes;
    this.at = at;
  }

  take(length: number): Buffer {
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  byte(): number {
    return this.#bytes.readUInt8(this.at++);
  }

  uint16(): number {
    return this.take(2).readUInt16BE(0);
  }

  int16(): number {
    return this.take(2).readInt16BE(0);
  }

  /** UIntBase128, section 4.1. */
  base128(): number {
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const byte = this.byte();
      value = value * 128 + (byte & 127);
      if (byte < 128) return value;
    }
    throw new Error('A length in this font is too long.');
  }

  /** 255UInt16, section 4.1. */
  short255(): number {
    const code = this.byte();
    if (code === 253) return this.uint16();
    if (code === 254) return this.byte() + 506;
    return code === 255 ? this.byte() + 253 : code;
  }
}

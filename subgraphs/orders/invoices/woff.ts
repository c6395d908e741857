import { inflateSync } from 'node:zlib';

/**
 * A font in WOFF (https://www.w3.org/TR/WOFF/) as the font within it: unpacked once at the first document rather than in
 * JavaScript at each, which took half of the time of a page.
 */
export function unpackWoff(woff: Buffer): Buffer {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('This is no font in WOFF 1.0.');
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, i) => tableAt(woff, 44 + 20 * i));
  return joinTables(woff.subarray(4, 8), tables);
}

export interface FontTable {
  readonly tag: Buffer;
  readonly checksum: number;
  readonly bytes: Buffer;
}

/** A font of these tables (https://learn.microsoft.com/typography/opentype/spec/otff), which stand in the order of their tags. */
export function joinTables(flavor: Buffer, tables: readonly FontTable[]): Buffer {
  const count = tables.length;
  const head = Buffer.alloc(12 + 16 * count);
  flavor.copy(head);
  const power = Math.floor(Math.log2(count));
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(16 * 2 ** power, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE(16 * count - 16 * 2 ** power, 10);
  let offset = head.length;
  const parts: Buffer[] = [head];
  for (const [i, { tag, checksum, bytes }] of tables.entries()) {
    const at = 12 + 16 * i;
    tag.copy(head, at);
    head.writeUInt32BE(checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(bytes.length, at + 12);
    // Tables begin at multiples of four.
    const padding = Buffer.alloc(-bytes.length & 3);
    parts.push(bytes, padding);
    offset += bytes.length + padding.length;
  }
  return Buffer.concat(parts);
}

function tableAt(woff: Buffer, at: number): FontTable {
  const [offset, packed, length, checksum] = [4, 8, 12, 16].map((field) => woff.readUInt32BE(at + field)) as [
    number,
    number,
    number,
    number,
  ];
  const bytes = woff.subarray(offset, offset + packed);
  return { tag: woff.subarray(at, at + 4), checksum, bytes: packed < length ? inflateSync(bytes) : bytes };
}

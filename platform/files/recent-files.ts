import { createHash } from 'node:crypto';

/** A file as it goes out. */
export interface ServedFile {
  readonly content: Buffer;
  /** An entity tag (RFC 9110, 8.8.3) that tells it from all others. */
  readonly tag: string;
}

/** What was asked for last, up to so many bytes: a popular picture costs neither a look at the disk nor a hash. */
export class RecentFiles {
  readonly #limitBytes: number;
  readonly #files = new Map<string, ServedFile>();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get(name: string): ServedFile | undefined {
    const file = this.#files.get(name);
    if (!file) return undefined;
    // To the end: what was asked for longest ago stands first.
    this.#files.delete(name);
    this.#files.set(name, file);
    return file;
  }

  /** Keeps it, if it is not so large that much else would have to go. */
  add(name: string, content: Buffer): ServedFile {
    const file = { content, tag: `"${createHash('sha1').update(content).digest('base64url')}"` };
    if (content.length > this.#limitBytes / 8) return file;
    this.#drop(name);
    this.#files.set(name, file);
    this.#bytes += content.length;
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= this.#limitBytes) break;
      this.#drop(oldest);
    }
    return file;
  }

  #drop(name: string): void {
    this.#bytes -= this.#files.get(name)?.content.length ?? 0;
    this.#files.delete(name);
  }
}

import { log } from '#platform/telemetry/log.ts';

const EVERY_MS = 1_000;
const MOST = 10_000;

/**
 * Notes that nobody waits for, written together: those of a second in one statement, one for each key. It holds so many
 * and no more: beyond that, or when they cannot be written, notes are lost, and so is the last second when a process dies.
 */
export class Gathering<Note> {
  readonly #what: string;
  readonly #write: (notes: readonly Note[]) => Promise<unknown>;
  #notes = new Map<string, Note>();
  #lost = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(what: string, write: (notes: readonly Note[]) => Promise<unknown>) {
    this.#what = what;
    this.#write = write;
  }

  add(key: string, note: Note): void {
    if (this.#notes.size >= MOST && !this.#notes.has(key)) {
      this.#lost++;
      return;
    }
    this.#notes.set(key, note);
    this.#timer ??= setTimeout(() => void this.flush(), EVERY_MS).unref();
  }

  /** Never fails. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const notes = [...this.#notes.values()];
    const lost = this.#lost;
    this.#notes = new Map();
    this.#lost = 0;
    if (lost > 0) log.warn({ lost }, `More ${this.#what} than are held came within a second`);
    if (notes.length === 0) return;
    await this.#write(notes).catch((reason) =>
      log.warn({ err: reason, lost: notes.length }, `${this.#what} were lost`),
    );
  }
}

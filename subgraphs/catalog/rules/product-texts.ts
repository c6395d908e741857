import { Refusal } from '#platform/errors/refusal.ts';

/** Control characters but for line breaks and tabs, NUL among them, and halves of surrogate pairs, which no database takes. */
const UNWRITABLE = /[^\P{Cc}\n\t]|\p{Cs}/u;
const BREAKS = /[\n\t\p{Zl}\p{Zp}]/u;

export const MOST = { title: 200, description: 20_000, line: 120, handle: 120, tags: 50, seo: 320 } as const;

/** Some lines, trimmed and composed (NFC); null when they are too long or hold what cannot be stored. */
export function writtenText(text: string, most: number): string | null {
  // What is far too long is not even looked through.
  if (text.length > 4 * most) return null;
  const whole = text.replaceAll(/\r\n?/g, '\n').trim().normalize('NFC');
  return whole.length <= most && !UNWRITABLE.test(whole) ? whole : null;
}

/** One line of that kind. */
export function writtenLine(text: string, most: number): string | null {
  const line = writtenText(text, most);
  return line === null || BREAKS.test(line) ? null : line;
}

export function readTitle(text: string, path: readonly string[] = ['input', 'title']): string {
  const title = writtenLine(text, MOST.title);
  if (title) return title;
  throw new Refusal('TITLE_INVALID', `Write a title in one line of at most ${MOST.title} characters.`, { path });
}

export function readDescription(text: string, path: readonly string[] = ['input', 'description']): string {
  const description = writtenText(text, MOST.description);
  if (description !== null) return description;
  throw new Refusal('TEXT_INVALID', `Write at most ${MOST.description} characters.`, { path });
}

/** Null where nothing is written. */
export function readLine(text: string | null, field: string, most: number = MOST.line): string | null {
  const line = writtenLine(text ?? '', most);
  if (line !== null) return line || null;
  throw new Refusal('TEXT_INVALID', `Write ${field} in one line of at most ${most} characters.`, {
    path: ['input', field],
  });
}

export function readTags(tags: readonly string[]): string[] {
  const lines = tags.slice(0, MOST.tags + 1).map((tag) => writtenLine(tag, MOST.line));
  if (lines.length <= MOST.tags && lines.every(Boolean)) return [...new Set(lines as string[])];
  throw new Refusal('TEXT_INVALID', `Write at most ${MOST.tags} tags, each in one line.`, { path: ['input', 'tags'] });
}

const HANDLE = /^[\p{Ll}\p{Lo}\p{N}]+(?:[-_]+[\p{Ll}\p{Lo}\p{N}]+)*$/u;

export function readHandle(text: string): string {
  const handle = text.length > MOST.handle ? '' : text.normalize('NFC');
  if (HANDLE.test(handle)) return handle;
  throw new Refusal(
    'HANDLE_INVALID',
    `A handle has small letters and digits with hyphens between, at most ${MOST.handle} characters.`,
    { path: ['input', 'handle'] },
  );
}

/** The handle that a title suggests, e.g. `Crème brûlée, 2 pcs` → `creme-brulee-2-pcs`. */
export function handleOf(title: string): string {
  const plain = title
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
  const words = plain.normalize('NFC').match(/[\p{Ll}\p{Lo}\p{N}]+/gu) ?? [];
  return words.join('-').slice(0, 100).replace(/-+$/, '') || 'product';
}

import { Refusal } from '#platform/errors/refusal.ts';
import { writtenLine } from './written-line.ts';

const MOST = 200;

/** A name as it is stored; null for none or an empty one. */
export function customerName(text: string | null | undefined): string | null {
  if (text == null) return null;
  const name = writtenLine(text, MOST);
  if (name !== null) return name || null;
  throw new Refusal('NAME_INVALID', `Write the name in one line of at most ${MOST} characters.`, {
    path: ['input', 'name'],
  });
}

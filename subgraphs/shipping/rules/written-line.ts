import { Denied } from '#platform/errors/denied.ts';

const MOST = 200;
const UNWRITABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** One line that a member of staff wrote, trimmed; null when there is nothing in it. */
export function writtenLine(text: string | null | undefined, field: string): string | null {
  const line = text?.trim().normalize('NFC') ?? '';
  if (line.length > MOST || UNWRITABLE.test(line))
    throw new Denied('BAD_USER_INPUT', `Write ${field} in one line of at most ${MOST} characters.`);
  return line || null;
}

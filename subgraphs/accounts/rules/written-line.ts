/** Control characters, NUL among them, other breaks of a line, and halves of surrogate pairs, which no database takes. */
const UNWRITABLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u;

/** One line that a person wrote, in any script: trimmed and composed (NFC). Null when it is too long or unwritable. */
export function writtenLine(text: string, most: number): string | null {
  if (text.length > 4 * most) return null;
  const line = text.trim().normalize('NFC');
  return line.length <= most && !UNWRITABLE.test(line) ? line : null;
}

const MOST_NAMES = 2_000;
const names = new Map<string, string>();

/**
 * The name of a statement that a library sends over and over, e.g. Prisma or BullMQ: with one Postgres keeps its plan. IN lists
 * of every length would grow the plans without bound: past some thousands a text stays without.
 */
export function nameOfStatement(text: string): string | undefined {
  let name = names.get(text);
  if (!name && names.size < MOST_NAMES) {
    name = `p${names.size}`;
    names.set(text, name);
  }
  return name;
}

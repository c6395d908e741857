/** How a reviewer is named to everybody: “Ada L.” of “Ada Lovelace”, one name as it is, and nobody's e-mail. */
export function authorName(name: string | null): string {
  const words = name?.trim().split(/\s+/u).filter(Boolean) ?? [];
  const [first] = words;
  if (!first || first.includes('@')) return 'A customer';
  const last = words.length > 1 ? [...words.at(-1)!][0] : undefined;
  return last ? `${first} ${last.toUpperCase()}.` : first;
}

/**
 * Names that come from outside, as values of a metric: the first ones known stay themselves, all later ones are
 * `other`, so that nobody can make metrics without end.
 */
export function boundedNames(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most) return 'other';
    known.add(name);
    return name;
  };
}

/** One line of figures. */
export function row(what: string, figures: Readonly<Record<string, number | string>>): void {
  const cells = Object.entries(figures).map(
    ([name, value]) => `${name} ${typeof value === 'number' ? shown(value) : value}`,
  );
  process.stdout.write(`${what}: ${cells.join(' · ')}\n`);
}

const shown = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1));

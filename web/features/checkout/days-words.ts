/** "Arrives in 2 to 4 days" */
export function daysWords({ min, max }: { readonly min: number; readonly max: number }): string {
  if (max === 0) return 'Mailed as soon as it is paid';
  if (min === max) return min === 1 ? 'Arrives in 1 day' : `Arrives in ${min} days`;
  return `Arrives in ${min} to ${max} days`;
}

import { inject } from 'vitest';

/**
 * Long lists of cases that are much alike are dealt out to the two runs of the suite, so that each shape sees every kind:
 * of a pair, such as before and after a step, one each.
 */
export const dealt = <Case>(cases: readonly Case[]): Case[] => {
  const mine = inject('running').shape === 'all' ? 0 : 1;
  return cases.filter((_, i) => (i + (i >> 1)) % 2 === mine);
};

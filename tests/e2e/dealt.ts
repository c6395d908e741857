import { inject } from 'vitest';

/**
 * Long lists of cases that are much alike are dealt out to the two runs of the suite, so that each shape sees every kind:
 * of a pair, such as before and after a step, one each.
 */
export const dealt = <Case>(cases: readonly Case[]): Case[] => {
  const mine = isEmbedded() ? 0 : 1;
  return cases.filter((_, i) => (i + (i >> 1)) % 2 === mine);
};

/**
 * The same for cases that kill a process each: to start one subgraph again is a fraction of starting all of them, so the
 * split shape gets three of four, and of every four another one is left to the embedded shape.
 */
export const dealtKills = <Case>(cases: readonly Case[]): Case[] =>
  cases.filter((_, i) => (i % 4 === (i >> 2) % 4) === isEmbedded());

const isEmbedded = (): boolean => inject('running').shape === 'all';

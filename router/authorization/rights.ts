import { GraphQLError } from 'graphql';
import type { Asker } from '../context.ts';
import type { Condition } from './rules.ts';

/** Which of these policies hold for who asks; what is not among the answer does not. */
export type HoldingPolicies = (
  policies: readonly string[],
  asker: Asker,
) => readonly string[] | Promise<readonly string[]>;

/** A policy holds for those who have a scope of its name. */
export const policiesAreScopes: HoldingPolicies = (policies, { identity }) => {
  const scopes = new Set(identity.viewer?.scopes);
  return policies.filter((policy) => scopes.has(policy));
};

/** Those of the conditions that do not hold. Each policy is asked for once. */
export async function unmetBy(
  asker: Asker,
  conditions: readonly Condition[],
  holding: HoldingPolicies,
): Promise<Condition[]> {
  const { viewer } = asker.identity;
  const asked = [...new Set(conditions.flatMap(({ kind, anyOf }) => (kind === 'policies' ? anyOf.flat() : [])))];
  const policies = new Set(asked.length > 0 ? await holding(asked, asker) : []);
  const scopes = new Set(viewer?.scopes);
  return conditions.filter(({ kind, anyOf }) => {
    if (kind === 'authenticated') return viewer === null;
    const held = kind === 'scopes' ? scopes : policies;
    return !anyOf.some((all) => all.every((name) => held.has(name)));
  });
}

/** What is said of a field that was taken out: the code that a subgraph's own check gives. */
export function unauthorized(
  asker: Asker,
  condition: Condition,
  path: readonly (string | number)[] | undefined,
  code?: string,
) {
  const guest = asker.identity.viewer === null;
  return new GraphQLError(guest ? 'Sign in first.' : `This needs ${named(condition)}.`, {
    path,
    extensions: { code: code ?? (guest ? 'UNAUTHENTICATED' : 'FORBIDDEN') },
  });
}

function named({ kind, anyOf }: Condition): string {
  const what = kind === 'scopes' ? 'scope' : 'policy';
  const plural = kind === 'scopes' ? 'scopes' : 'policies';
  return anyOf.map((all) => `the ${all.length > 1 ? plural : what} ${all.join(' and ')}`).join(', or ');
}

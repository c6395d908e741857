import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { ROLES } from '#subgraphs/accounts/rules/roles.ts';
import { SUBGRAPH_NAMES } from '#subgraphs/subgraphs.ts';

test('an administrator has every scope that something asks for', () => {
  const asked = SUBGRAPH_NAMES.flatMap((name) =>
    [
      ...readFileSync(inProject('subgraphs', name, 'schema.graphql'), 'utf8').matchAll(
        /@requiresScopes\(scopes: \[\["([^"]+)"\]\]\)/g,
      ),
    ].map(([, scope]) => scope!),
  );
  expect(asked.length).toBeGreaterThan(10);
  expect([...new Set(asked)].filter((scope) => !(ROLES.admin as readonly string[]).includes(scope))).toEqual([]);
});

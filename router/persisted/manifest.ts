import { z } from 'zod';

/** Apollo's manifest (https://www.apollographql.com/docs/graphos/platform/security/persisted-queries), as its tools write it. */
const Manifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(
    z.object({
      id: z.string().min(1),
      body: z.string().min(1),
      name: z.string().optional(),
      type: z.enum(['query', 'mutation', 'subscription']).optional(),
    }),
  ),
});

/** The texts of a manifest's operations by their ids; throws when it is none. */
export function readManifest(text: string): ReadonlyMap<string, string> {
  const { operations } = Manifest.parse(JSON.parse(text));
  return new Map(operations.map(({ id, body }) => [id, body]));
}

import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Change } from '#platform/cache/changes.ts';
import { BodyTooLarge, readBody, sendError, sendJson } from '#platform/graphql/http-body.ts';
import type { HttpHandler } from '#platform/graphql/http-routes.ts';
import { entityTag, subgraphTag } from './answer-tags.ts';
import type { Cache } from './cache.ts';

const Name = z.string().min(1).max(200);
/** What is told to other routers must fit into a notification of Postgres (8,000 bytes), and into a line. */
const Key = z
  .string()
  .max(1_000)
  .regex(/^[^\n]*$/);

/** As Apollo Router's: https://www.apollographql.com/docs/graphos/routing/performance/caching/entity */
const Requests = z
  .array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('subgraph'), subgraph: Name }),
      z.strictObject({ kind: z.literal('type'), subgraph: Name.optional(), type: Name }),
      z.strictObject({
        kind: z.literal('entity'),
        subgraph: Name.optional(),
        type: Name,
        key: z.record(Name, z.union([Key, z.number()])),
      }),
    ]),
  )
  .min(1)
  .max(1_000);

const BODY_LIMIT_BYTES = 256 * 1024;

/**
 * `POST` with `Authorization: Bearer <secret>`: drops what is kept of a subgraph, a type or an entity, in all routers that
 * hear each other; 202 tells how much this one had.
 */
export function invalidationEndpoint(cache: Cache, secret: string): HttpHandler {
  const expected = Buffer.from(`Bearer ${secret}`);
  return async (request, response) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return sendError(response, 401, 'UNAUTHENTICATED', 'This needs the secret of the cache.');
    if (request.method !== 'POST') return sendError(response, 405, 'BAD_REQUEST', 'POST only.', { allow: 'POST' });
    let requests: z.output<typeof Requests>;
    try {
      requests = Requests.parse(JSON.parse(await readBody(request, BODY_LIMIT_BYTES)));
    } catch (error) {
      if (error instanceof BodyTooLarge) return sendError(response, 413, 'BAD_REQUEST', 'The body is too large.');
      return sendError(response, 400, 'BAD_REQUEST', 'The body must be a list of what to drop, each with its kind.');
    }
    sendJson(response, 202, { count: await cache.invalidate(requests.flatMap(changesOf)) });
  };
}

/** A subgraph beside a type or a key says no more: what is kept of an entity is of several. */
function changesOf(request: z.output<typeof Requests>[number]): readonly Change[] {
  if (request.kind === 'subgraph') return [subgraphTag(request.subgraph)];
  if (request.kind === 'type') return [request.type];
  const values = Object.values(request.key);
  // A key of several fields is in no tag: all of its type are dropped.
  return values.length === 1 ? values.map((value) => entityTag(request.type, String(value))) : [request.type];
}

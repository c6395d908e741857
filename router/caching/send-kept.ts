import type { IncomingMessage, ServerResponse } from 'node:http';
import { toHeader } from '#platform/cache/cache-policy.ts';
import { endWith, Packable } from '../compression.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import { ageOf, type Entry } from './cache.ts';
import type { Given } from './response-cache.ts';

/** As they go out; with their entry they leave. */
const bodies = new WeakMap<Entry, Packable>();

/** A kept answer, with its age. */
export async function sendKept(
  { entry }: Given,
  request: IncomingMessage,
  response: ServerResponse,
  record: RequestRecord,
  compressAboveBytes: number,
): Promise<void> {
  const { contentType, name = null, hash } = entry.about;
  record.cached = true;
  record.operation = { name, kind: 'query' };
  record.hash = hash ?? undefined;
  response.setHeader('cache-control', toHeader(entry.policy));
  response.setHeader('age', String(ageOf(entry)));
  if (answeredByTag(entry, request, response)) return;
  response.setHeader('content-type', contentType ?? 'application/json; charset=utf-8');
  let body = bodies.get(entry);
  if (!body) {
    body = new Packable(entry.text);
    bodies.set(entry, body);
  }
  await endWith(response, body, compressAboveBytes);
}

/** Tells a GET the answer's tag, and is done where the client has that (RFC 9110, 13.1.2); weak, as an answer may be packed. */
export function answeredByTag(
  { about }: Entry,
  { method, headers }: IncomingMessage,
  response: ServerResponse,
): boolean {
  if (method !== 'GET' || !about.etag) return false;
  response.setHeader('etag', about.etag);
  const opaque = (etag: string) => etag.trim().replace(/^W\//, '');
  const own = opaque(about.etag);
  const known = headers['if-none-match'];
  if (known === undefined || !(known.trim() === '*' || known.split(',').some((each) => opaque(each) === own)))
    return false;
  response.statusCode = 304;
  response.end();
  return true;
}

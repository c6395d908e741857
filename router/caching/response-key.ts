import type { IncomingMessage } from 'node:http';
import { directivesOf } from '#platform/cache/cache-policy.ts';
import type { HttpOperation } from '../persisted/persisted-http.ts';

export interface Question {
  readonly key: string;
  /** `Cache-Control: no-cache`: it is to be asked anew, and may be kept. */
  readonly fresh: boolean;
}

/** Null where an answer is not to be shared: mutations, what asks for more than data, what says `no-store`. */
export function questionOf(request: IncomingMessage, operation: HttpOperation, varying: string): Question | null {
  const { headers, method } = request;
  const said = directivesOf(headers['cache-control']);
  if (said.has('no-store') || headers['x-graphql-cost'] !== undefined) return null;
  const asked = method === 'POST' ? ofPost(operation) : method === 'GET' ? ofGet(operation) : null;
  if (!asked || typeof asked.query !== 'string' || /\b(mutation|subscription)\b/.test(asked.query)) return null;
  const { query, operationName, variables } = asked;
  const rest = JSON.stringify([
    method,
    headers['content-type'],
    headers.accept,
    varying,
    operationName ?? null,
    variables ?? null,
  ]);
  return { key: `answer\n${rest}\n${query}`, fresh: said.has('no-cache') || said.get('max-age') === '0' };
}

interface Parts {
  readonly query: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

function ofPost({ search, body }: HttpOperation): Parts | null {
  if (search !== '' || typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  const { extensions, ...parts } = body as Parts & { extensions?: object | null };
  return extensions && Object.keys(extensions).length > 0 ? null : parts;
}

function ofGet({ search, body }: HttpOperation): Parts | null {
  if (body !== undefined || search === '') return null;
  const asked = new URLSearchParams(search);
  if (!['', '{}'].includes(asked.get('extensions') ?? '')) return null;
  return { query: asked.get('query'), operationName: asked.get('operationName'), variables: asked.get('variables') };
}

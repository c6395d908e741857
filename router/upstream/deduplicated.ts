import type { Identity } from '#platform/auth/viewer.ts';
import {
  isQuery,
  type SubgraphRequest,
  type SubgraphResult,
  type SubgraphTransport,
} from '#platform/transport/transport.ts';
import { countJoinedFetch } from '../telemetry/router-metrics.ts';
import { nameOf } from './identity-name.ts';

interface Waiting {
  resolve(result: SubgraphResult): void;
  reject(reason: unknown): void;
}

/**
 * Equal queries of one viewer that are under way at once are one: same subgraph, text, variables, identity and
 * forwarded headers. Mutations never are, and after one its viewer's queries join none that were sent before it, so that
 * everybody reads what they wrote. What is asked in this process is not worth the comparing.
 */
export function deduplicated(transport: SubgraphTransport): SubgraphTransport {
  /** By identity, then by question: those who wait for the answer beside the one who asked. */
  const underWay = new Map<string, Map<string, Waiting[]>>();

  const lead = async (subgraph: string, request: SubgraphRequest, identity: Identity, who: string, key: string) => {
    const questions = underWay.get(who) ?? new Map<string, Waiting[]>();
    underWay.set(who, questions);
    const waiting: Waiting[] = [];
    questions.set(key, waiting);
    const forget = () => {
      if (questions.get(key) === waiting) questions.delete(key);
      if (questions.size === 0 && underWay.get(who) === questions) underWay.delete(who);
    };
    try {
      const result = await transport.query(subgraph, request, identity);
      forget();
      // Before the one who asked may change it.
      for (const each of waiting) each.resolve(copyOf(result));
      return result;
    } catch (error) {
      forget();
      for (const each of waiting) each.reject(error);
      throw error;
    }
  };

  return {
    isLocal: (subgraph) => transport.isLocal?.(subgraph) ?? false,
    async query(subgraph, request, identity) {
      const who = nameOf(identity);
      if (!isQuery(request)) {
        try {
          return await transport.query(subgraph, request, identity);
        } finally {
          underWay.delete(who);
        }
      }
      if (transport.isLocal?.(subgraph)) return transport.query(subgraph, request, identity);
      const told = withBody(request);
      const key = `${subgraph}\n${request.headers ? JSON.stringify(request.headers) : ''}\n${told.body}`;
      const waiting = underWay.get(who)?.get(key);
      if (!waiting) return lead(subgraph, told, identity, who, key);
      countJoinedFetch(subgraph);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    subscribe: (subgraph, request, identity, sink) => transport.subscribe(subgraph, request, identity, sink),
    close: () => transport.close(),
  };
}

/** Its body made once, for the key and for the wire; its variables only where they are asked for. */
function withBody(request: SubgraphRequest): SubgraphRequest & { readonly body: string } {
  const { query, operationName, headers } = request;
  const body = request.body ?? JSON.stringify({ query, variables: request.variables, operationName });
  return {
    query,
    operationName,
    headers,
    body,
    get variables() {
      return request.variables;
    },
  };
}

const copyOf = (result: SubgraphResult): SubgraphResult =>
  result.data ? { ...result, data: copied(result.data) } : result;

function copied<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copied) as Value;
  const prototype = Object.getPrototypeOf(value);
  // Leaves that a scalar of this process made an object of.
  if (prototype !== null && prototype !== Object.prototype) return value;
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copied(value[key]);
  return copy as Value;
}

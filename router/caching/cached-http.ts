import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { directivesOf, toHeader } from '#platform/cache/cache-policy.ts';
import { type Asker, contextOf } from '../context.ts';
import type { Generation } from '../generation.ts';
import type { HttpOperation } from '../persisted/persisted-http.ts';
import { type RequestRecord, tellAs } from '../telemetry/request-record.ts';
import type { AnswersUnderWay } from './answers-under-way.ts';
import type { Cache } from './cache.ts';
import { FetchPolicies } from './fetch-policies.ts';
import type { Executable, Executed, ResponseCache } from './response-cache.ts';
import { questionOf } from './response-key.ts';
import { answeredByTag, sendKept } from './send-kept.ts';

export interface CachedHttpOptions {
  readonly cache: Cache;
  /** Null keeps no answers. */
  readonly responses: ResponseCache | null;
  /** Null has each request answered for itself. */
  readonly underWay: AnswersUnderWay | null;
  readonly tellCache: boolean;
  readonly compressAboveBytes: number;
}

export interface HttpExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly operation: HttpOperation;
  readonly asker: Asker;
  readonly record: RequestRecord;
  readonly generation: Generation;
}

export type Answer = Awaited<ReturnType<ApolloServer['executeHTTPGraphQLRequest']>>;
type Ask = Parameters<ApolloServer['executeHTTPGraphQLRequest']>[0]['httpGraphQLRequest'];

/** Sends what is kept, and then answers null; else the answer as `ask` executes it or an equal request just did, with the headers that tell how long it may be kept. */
export async function throughCache(
  { cache, responses, underWay, tellCache, compressAboveBytes }: CachedHttpOptions,
  { request, response, operation, asker, record, generation }: HttpExchange,
  ask: () => Ask,
): Promise<Answer | null> {
  const asked: Executable<Answer> = {
    record,
    isSignedIn: request.headers.authorization !== undefined,
    execute: (policies, inBackground) =>
      generation.apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest: ask(),
        context: async () => contextOf(asker, inBackground ? null : record, policies),
      }),
    once: (run) =>
      question && underWay ? underWay.join(asker.identity, question.key, run, ({ answer }) => isForAll(answer)) : run(),
    wholeOf,
  };
  const question =
    responses || underWay ? questionOf(request, operation, varyingBy(generation, request.headers)) : null;
  const told = await answered();
  if ('freshness' in told) {
    if (tellCache) response.setHeader('x-cache', told.freshness === 'fresh' ? 'HIT' : 'STALE');
    await sendKept(told, request, response, record, compressAboveBytes);
    return null;
  }
  if (told.record !== record) tellAs(told.record, record);
  if (tellCache) response.setHeader('x-cache', 'MISS');
  response.setHeader('cache-control', toHeader(told.policies.policy));
  return told.entry && answeredByTag(told.entry, request, response) ? null : told.answer;

  async function answered() {
    if (question && responses) return responses.answer(question, asked);
    const run = () => executed(asked, request, cache);
    return question && !question.fresh ? asked.once(run) : run();
  }
}

/** A refusal may be for one address alone, and parts come to one client. */
const isForAll = ({ status, body }: Answer): boolean => (status ?? 200) === 200 && body.kind === 'complete';

/** Not to be shared; its entities may still be known. */
async function executed(
  asked: Executable<Answer>,
  { headers }: IncomingMessage,
  cache: Cache,
): Promise<Executed<Answer>> {
  const said = directivesOf(headers['cache-control']);
  const policies = new FetchPolicies(cache.now, said.has('no-cache') || said.has('no-store'));
  return { answer: await asked.execute(policies, false), policies, entry: null, record: asked.record };
}

/** The schema, and what of a request's headers reaches subgraphs, so that answers to others are others. */
function varyingBy({ id, supergraph, headersFor }: Generation, headers: IncomingMessage['headers']): string {
  const forwarded = supergraph.subgraphs.map(({ name }) => headersFor(name, headers));
  return forwarded.some((each) => each !== undefined) ? JSON.stringify([id, forwarded]) : id;
}

const wholeOf = ({ status, headers, body }: Answer) =>
  body.kind === 'complete'
    ? { status: status ?? 200, contentType: headers.get('content-type') ?? '', text: body.string }
    : null;

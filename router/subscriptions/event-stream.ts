import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FormattedExecutionResult, GraphQLError, getOperationAST } from 'graphql';
import { unnamed } from '../admission.ts';
import { type Asker, contextOf } from '../context.ts';
import type { Generation } from '../generation.ts';
import { type FormatError, plain } from '../public-error.ts';
import type { RequestRecord } from '../telemetry/request-record.ts';
import type { ResponseHeaders } from '../upstream/response-headers.ts';
import type { FederatedSubscriptions } from './federated-subscriptions.ts';
import { MULTIPART, SSE, type StreamFormat } from './stream-formats.ts';

/** An operation that came over HTTP, its text found and its asker known. */
export interface StreamRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** What is served now; the operation stays with it. */
  readonly generation: Generation;
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly asker: Asker;
  readonly record: RequestRecord | null;
  /** When the viewer's token ends. */
  readonly expiresAtMs: number;
}

export interface EventStreamsOptions {
  readonly subscriptions: FederatedSubscriptions;
  readonly formatError: FormatError;
  /** Null where no header of a subgraph goes to clients. */
  readonly responseHeaders: ResponseHeaders | null;
  /** A client that has not read an event for so long is cut off. */
  readonly unreadMs: number;
  /** How often a stream says that it lives. */
  readonly beatMs: number;
}

export const DEFAULT_BEAT_MS = 5_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
type Events = AsyncIterableIterator<FormattedExecutionResult>;

/** What the client asks for by `Accept`; null for answers in one piece. */
export function streamFormatOf({ headers }: IncomingMessage): StreamFormat | null {
  const accept = headers.accept ?? '';
  if (/\btext\/event-stream\b/.test(accept)) return SSE;
  return /\bmultipart\/mixed\b[^,]*\bsubscriptionSpec="?1\.0"?/.test(accept) ? MULTIPART : null;
}

/**
 * Subscriptions as long HTTP answers: server-sent events (graphql-sse, distinct connections) and Apollo's multipart
 * protocol. One that reads too slowly is closed by its queue, one that goes away frees everything.
 */
export class EventStreams {
  readonly #options: EventStreamsOptions;
  readonly #open = new Set<() => void>();
  #closing = false;

  constructor(options: EventStreamsOptions) {
    this.#options = options;
  }

  /** Streams that are open, for the metrics. */
  get size(): number {
    return this.#open.size;
  }

  /** Answers the request, or false where that is left to an answer in one piece. */
  async serve(format: StreamFormat, asked: StreamRequest): Promise<boolean> {
    const { generation, query, operationName } = asked;
    const operation = generation.admission.read(query);
    const found = 'document' in operation ? getOperationAST(operation.document, operationName) : null;
    if (found?.operation !== 'subscription') {
      if (!format.takesEverything) return false;
      const errors = 'errors' in operation ? operation.errors : found ? null : [unnamed()];
      await this.#write(format, asked, once(errors ? this.#refused(errors) : await execute(asked)));
      return true;
    }
    if (!('document' in operation)) return false;
    const opened = await this.#options.subscriptions.subscribe({ ...asked, document: operation.document });
    const isLive = Symbol.asyncIterator in opened;
    if (!isLive && !format.takesEverything) return this.#refuse(asked, opened);
    await this.#write(format, asked, isLive ? opened : once(opened));
    return true;
  }

  /** Ends all streams, as complete as they are: clients come back. */
  close(): void {
    this.#closing = true;
    for (const end of [...this.#open]) end();
  }

  #refused(errors: readonly GraphQLError[]): FormattedExecutionResult {
    const { formatError } = this.#options;
    return { errors: errors.map((error) => formatError(error.locations ? error.toJSON() : plain(error), error)) };
  }

  /** Nothing was executed: 4xx under the newer media type, 200 with errors and no data under the older (GraphQL over HTTP). */
  #refuse({ request, response }: StreamRequest, answer: FormattedExecutionResult): true {
    const newer = /\bapplication\/graphql-response\+json\b/.test(request.headers.accept ?? '');
    const type = newer ? 'application/graphql-response+json' : 'application/json';
    const status = answer.errors?.[0]?.extensions?.code === 'RATE_LIMITED' ? 429 : 400;
    response.writeHead(newer ? status : 200, { 'content-type': `${type}; charset=utf-8`, 'cache-control': 'no-store' });
    response.end(JSON.stringify({ errors: answer.errors }));
    return true;
  }

  async #write(format: StreamFormat, asked: StreamRequest, events: Events): Promise<void> {
    const { response, record, expiresAtMs } = asked;
    // What is known now: no later answer can add to it.
    if (record) this.#options.responseHeaders?.apply(record, response);
    response.writeHead(200, { ...format.headers, 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    response.write(format.opening);
    const end = () => void events.return?.();
    const beat = setInterval(() => response.writableNeedDrain || response.write(format.beat), this.#options.beatMs);
    let expired = false;
    const expiry = Number.isFinite(expiresAtMs)
      ? setTimeout(
          () => {
            expired = true;
            end();
          },
          Math.min(Math.max(expiresAtMs - Date.now(), 0), LONGEST_TIMER_MS),
        )
      : undefined;
    this.#open.add(end);
    response.once('close', end);
    if (this.#closing || response.destroyed) end();
    try {
      for await (const event of events) {
        // Until it is read, the queue fills; and a full one ends the subscription.
        if (response.write(format.event(event)) || (await isRead(response, this.#options.unreadMs))) continue;
        await events.throw?.(unread());
        response.destroy();
        return;
      }
      if (expired) response.write(format.failure(EXPIRED));
    } catch (error) {
      const told = error instanceof GraphQLError ? error : new GraphQLError('The subscription broke off.');
      response.write(format.failure(this.#options.formatError(plain(told), told)));
    } finally {
      clearInterval(beat);
      clearTimeout(expiry);
      this.#open.delete(end);
      response.end(format.closing);
    }
  }
}

const EXPIRED = {
  message: 'The access token has expired: refresh it, then subscribe again.',
  extensions: { code: 'UNAUTHENTICATED' },
};

async function execute({ generation, query, operationName, variables, asker, record }: StreamRequest) {
  const { body } = await generation.apollo.executeOperation(
    { query, variables: { ...variables }, ...(operationName ? { operationName } : {}) },
    { contextValue: contextOf(asker, record) },
  );
  if (body.kind !== 'single') throw new Error('Incremental delivery is not served.');
  return body.singleResult as FormattedExecutionResult;
}

async function* once(answer: FormattedExecutionResult): Events {
  yield answer;
}

const unread = () =>
  new GraphQLError('This subscriber does not read; subscribe again for the present state.', {
    extensions: { code: 'SUBSCRIPTION_SLOW_CONSUMER' },
  });

/** Whether what was written has left in time, or there is nobody left to wait for. */
const isRead = (response: ServerResponse, withinMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const settle = (read: boolean) => {
      clearTimeout(timer);
      response.off('drain', done).off('close', done);
      resolve(read);
    };
    const done = () => settle(true);
    const timer = setTimeout(() => settle(false), withinMs);
    response.once('drain', done).once('close', done);
  });

import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';

/** How events are written into a long HTTP answer. */
export interface StreamFormat {
  readonly headers: Readonly<Record<string, string>>;
  readonly opening: string;
  event(result: FormattedExecutionResult): string;
  /** Says that the connection lives. */
  readonly beat: string;
  /** Why it ends before its time. */
  failure(error: GraphQLFormattedError): string;
  readonly closing: string;
  /** Whether queries, mutations and refusals are told in this format too. */
  readonly takesEverything: boolean;
}

const sse = (event: string, data: string) => `event: ${event}\ndata: ${data}\n\n`;

/** Server-sent events as graphql-sse has them in its distinct connections mode (its PROTOCOL.md). */
export const SSE: StreamFormat = {
  headers: { 'content-type': 'text/event-stream; charset=utf-8' },
  // A comment: the headers leave at once, also through proxies that wait for a body.
  opening: ':\n\n',
  event: (result) => sse('next', JSON.stringify(result)),
  beat: ':\n\n',
  failure: (error) => sse('next', JSON.stringify({ errors: [error] })),
  closing: sse('complete', ''),
  takesEverything: true,
};

/** A part ends with the boundary of the next, so that a client reads it without waiting for that. */
const part = (content: object) => `\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(content)}\r\n--graphql`;

/** Apollo's multipart protocol for subscriptions (Apollo Router's documentation, "Multipart HTTP protocol"). */
export const MULTIPART: StreamFormat = {
  headers: { 'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0' },
  opening: '\r\n--graphql',
  event: (result) => part({ payload: result }),
  beat: part({}),
  failure: (error) => part({ payload: null, errors: [error] }),
  closing: '--\r\n',
  takesEverything: false,
};

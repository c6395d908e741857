import { newId } from '#platform/database/id.ts';
import { presentTraceparent } from '#platform/telemetry/traces.ts';

/** A fact, announced in the transaction that made it true. */
export interface Event<Payload = unknown> {
  /** `evt_…`; the job's id is this and the consumer's name. */
  readonly id: string;
  /** `<subgraph>.<past-tense>.v<n>`, e.g. `orders.order-confirmed.v1`. */
  readonly topic: string;
  readonly payload: Payload;
  /** The span that it was announced in, where that is kept (W3C Trace Context). */
  readonly traceparent?: string;
}

/** A kind of event: what producers call and listeners name. Lives in the producer's `contracts/`. */
export interface EventKind<Payload> {
  (payload: Payload): Event<Payload>;
  readonly topic: string;
}

/** Payloads are JSON and small: ids, and what a consumer needs so as not to ask back. */
export function defineEvent<Payload>(topic: string): EventKind<Payload> {
  const make = (payload: Payload): Event<Payload> => {
    const traceparent = presentTraceparent();
    return { id: newId('evt'), topic, payload, ...(traceparent === undefined ? {} : { traceparent }) };
  };
  return Object.assign(make, { topic });
}

/** The subgraph that announces a topic: what stands before the first dot. */
export const producerOf = (topic: string): string => topic.slice(0, topic.indexOf('.'));

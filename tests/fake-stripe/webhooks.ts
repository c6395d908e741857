import { createHmac } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface StripeEvent {
  readonly id: string;
  readonly object: 'event';
  readonly type: string;
  readonly api_version: string;
  readonly created: number;
  readonly livemode: false;
  readonly pending_webhooks: number;
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null };
  readonly data: { readonly object: unknown };
}

/** How webhooks are sent, and how they go wrong. */
export interface Sending {
  /** None are sent when null; they can be sent later. */
  url: string | null;
  secret: string;
  delayMs: number;
  /** How often each is sent, all at once. */
  copies: number;
  /** Holds events back until `flush`, which sends the last first. */
  hold: boolean;
  /** Added to the time in the signature. */
  skewSeconds: number;
  /** Tries of one event until it is answered 2xx. */
  tries: number;
  /** Pauses between tries double up to this. */
  longestPauseMs: number;
}

/** Sends each event to the merchant's endpoint, signed as `Stripe-Signature: t=…,v1=…`, again while it is not answered 2xx. */
export class Webhooks {
  readonly sending: Sending = {
    ...{ url: null, secret: 'whsec_fake_stripe', delayMs: 0, copies: 1, hold: false, skewSeconds: 0 },
    ...{ tries: 8, longestPauseMs: 60_000 },
  };
  /** The status of every delivery, 0 where there was no answer. */
  readonly answered: { event: string; type: string; status: number }[] = [];
  readonly #stopping = new AbortController();
  readonly #underway = new Set<Promise<unknown>>();
  #held: StripeEvent[] = [];

  constructor() {
    // Each delivery that waits listens: as many as events were announced while the shop was down.
    setMaxListeners(0, this.#stopping.signal);
  }

  announce(event: StripeEvent): void {
    if (this.sending.hold) this.#held.push(event);
    else if (this.sending.url) this.send(event);
  }

  /** Sends one event, `copies` times. */
  send(event: StripeEvent): void {
    for (let i = 0; i < this.sending.copies; i++) {
      const delivery = this.#deliver(event).catch(() => undefined);
      this.#underway.add(delivery);
      delivery.finally(() => this.#underway.delete(delivery));
    }
  }

  /** Sends what was held back, the last first. */
  flush(): void {
    const held = this.#held.reverse();
    this.#held = [];
    for (const event of held) this.send(event);
  }

  /** How many deliveries are on their way, between two tries or held back. */
  get waiting(): number {
    return this.#underway.size + this.#held.length;
  }

  async settled(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.settled();
  }

  async #deliver(event: StripeEvent): Promise<void> {
    const { signal } = this.#stopping;
    const { delayMs, tries, longestPauseMs } = this.sending;
    if (delayMs > 0) await sleep(delayMs, undefined, { signal });
    for (let attempt = 1; attempt <= tries && !signal.aborted; attempt++) {
      const status = await this.#post(event);
      this.answered.push({ event: event.id, type: event.type, status });
      if (status >= 200 && status < 300) return;
      await sleep(Math.min(50 * 2 ** attempt, longestPauseMs), undefined, { signal });
    }
  }

  async #post(event: StripeEvent): Promise<number> {
    const { url, secret, skewSeconds } = this.sending;
    const body = JSON.stringify(event, null, 2);
    const at = Math.floor(Date.now() / 1_000) + skewSeconds;
    try {
      const response = await fetch(url ?? '', {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': sign(body, secret, at) },
        body,
        signal: AbortSignal.any([this.#stopping.signal, AbortSignal.timeout(5_000)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }
}

/** docs.stripe.com/webhooks#verify-manually */
export const sign = (body: string, secret: string, at: number): string =>
  `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`;

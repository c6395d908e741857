import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import DataLoader from 'dataloader';
import { newId } from '#platform/database/id.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { paymentsConfig } from '../../config.ts';
import type { PaymentProvider, ProviderEntry, ProviderEvent, ProviderPayment } from '../payment-provider.ts';
import * as books from './books.ts';
import { CARDS, UNKNOWN_CARD } from './cards.ts';
import { distrust, SIGNATURE, startTelling } from './webhooks.ts';

const { shownIntent, shownRefund } = books;

/** Of what the shop itself asked for it is told only when it wants to be. */
const TELL_ALL = paymentsConfig.testWebhooks.all;

/** After this, whoever waited for an answer gave up. */
const lateMs = () => paymentsConfig.providerDeadlineMs + 2_000;

const PAGE = 500;

/**
 * A provider that behaves like Stripe and keeps its own books, for shops without an account anywhere: it takes Stripe's
 * test payment methods and no real cards. Never let it near real goods.
 */
export const testProvider: PaymentProvider = {
  name: 'test',
  publishableKey: null,
  // Longer than its latest answer.
  certainAfterMs: lateMs() + 30_000,

  async authorize({ key, token, amount }) {
    const card = CARDS[token] ?? UNKNOWN_CARD;
    const secret = randomBytes(18).toString('base64url');
    const [intent] = await books.open(
      ...[newId('pi'), key, token, card.status, card.decline ?? null, amount.minor, amount.currency, secret],
      ...[card.fault === 'late' ? lateMs() : null, TELL_ALL],
    );
    if (intent?.hidden_until) await sleep(intent.hidden_until.getTime() - Date.now());
    if (intent?.made && card.fault === 'lost') {
      await sleep(lateMs());
      throw new Error("The test provider's answer was lost on its way.");
    }
    return shownIntent(intent);
  },
  retrieve: async (ref) => shownIntent((await books.byId(ref))[0]),
  async find(key) {
    const [intent] = await books.byKey(key);
    return intent ? shownIntent(intent) : null;
  },
  capture: (ref, amount) => captures.load({ ref, minor: amount.minor }),
  void: async (ref) => shownIntent((await books.release(ref, TELL_ALL))[0]),

  async refund(ref, amount, key) {
    const payment = (await books.byId(ref))[0];
    const becomes = CARDS[payment?.token ?? '']?.refund ?? null;
    const made = await books
      .giveBack(newId('re'), key, ref, amount.minor, becomes, TELL_ALL)
      .catch((reason) => orNone(reason));
    // Made by the same request at this moment, or too much.
    const [known] = made.length > 0 ? made : await books.refundByKey(key);
    if (known) return shownRefund(known);
    const refusal = { code: 'refund_refused', message: 'The test provider gives back no more than it captured.' };
    return { ref: null, key, paymentRef: ref, status: 'FAILED', amount, createdAt: new Date(), refusal };
  },

  webhook(headers, rawBody, now) {
    const refused = distrust(headers[SIGNATURE], rawBody, now);
    if (refused) return { refused };
    const told = read(rawBody);
    return told ? { events: [told] } : { refused: 'malformed' };
  },

  async *reconcile({ since, until }): AsyncIterable<ProviderEntry> {
    for await (const intent of paged(books.madeIn, since, until)) yield { payment: shownIntent(intent), refund: null };
    for await (const refund of paged(books.refundedIn, since, until))
      yield { payment: null, refund: shownRefund(refund) };
  },
};

function orNone(reason: { code?: string }): [] {
  if (reason.code === '23505') return [];
  throw reason;
}

interface Told {
  id: string;
  at: string;
  kind: 'payment' | 'refund';
  object: books.Intent | books.Refund;
}

function read(rawBody: Buffer): ProviderEvent | null {
  try {
    const { id, at, kind, object } = JSON.parse(rawBody.toString('utf8')) as Told;
    return {
      ...{ id, at: new Date(at) },
      payment: kind === 'payment' ? shownIntent(object as books.Intent) : null,
      refund: kind === 'refund' ? shownRefund(object as books.Refund) : null,
    };
  } catch {
    return null;
  }
}

/** What the shopper's bank says on the page of `nextAction`; null when the link is not one of ours. */
export async function answerChallenge(ref: string, secret: string, approved: boolean): Promise<ProviderPayment | null> {
  const [intent] = await books.challenge(
    ref,
    secret,
    approved ? 'requires_capture' : 'requires_payment_method',
    approved ? null : 'authentication_failed',
  );
  return intent ? shownIntent(intent) : null;
}

/** What the provider does by itself: its bank's word on refunds, and its webhooks. */
export const startTestProvider = (): Running[] => [
  startTelling(),
  every(1_000, "The test provider's bank", () => books.settleRefunds()),
];

// All captures that are asked for in one turn are one statement.
const captures = new DataLoader<{ ref: string; minor: bigint }, ProviderPayment>(
  async (asked) => {
    const rows = await books.captureAll(
      asked.map(({ ref }) => ref),
      asked.map(({ minor }) => minor.toString()),
      TELL_ALL,
    );
    const found = new Map(rows.map((row) => [row.id, row]));
    return asked.map(({ ref }) => {
      const intent = found.get(ref);
      return intent ? shownIntent(intent) : new Error('The test provider has no such payment.');
    });
  },
  { cache: false, maxBatchSize: PAGE },
);

async function* paged<Row extends { id: string }>(
  read: (...values: unknown[]) => Promise<Row[]>,
  since: Date,
  until: Date,
): AsyncIterable<Row> {
  for (let after = ''; ; ) {
    const rows = await read(since, until, after, PAGE);
    yield* rows;
    if (rows.length < PAGE) return;
    after = rows.at(-1)?.id ?? '';
  }
}

import type { Intent } from '#tests/fake-stripe/books.ts';
import type { FakeStripe } from '#tests/fake-stripe/fake-stripe.ts';
import type { ProgramDatabases } from '#tests/program/databases.ts';

interface Payment {
  readonly id: string;
  readonly key: string;
  readonly status: string;
  readonly ref: string | null;
  readonly captured: number;
  readonly refunded: number;
}

/** Statuses at Stripe in which money is held, or could be while nobody asks. */
const OPEN: Readonly<Record<string, string>> = { requires_action: 'REQUIRES_ACTION', requires_capture: 'AUTHORIZED' };

/**
 * Where the fake Stripe's books and ours differ, each difference as a sentence: money held, taken or given back there and
 * not here, or here and not there; a payment or a refund made twice under one key; a webhook that was not taken yet.
 */
export async function brokenStripeBooks(databases: ProgramDatabases, fake: FakeStripe): Promise<string[]> {
  const payments = await databases.query<Payment>(
    'payments',
    `SELECT id, CASE charge WHEN '' THEN order_id ELSE order_id || '/' || charge END AS key, status::text,
       provider_ref AS ref, captured::int, refunded::int FROM payment WHERE provider = 'stripe'`,
  );
  const byRef = new Map(payments.map((payment) => [payment.ref, payment]));
  const intents = [...fake.books.intents.values()];
  const { waiting } = fake.webhooks;
  return [
    ...intents.flatMap((intent) => differs(intent, byRef.get(intent.id), fake)),
    ...payments.flatMap((payment) => lacks(payment, fake)),
    ...twice(
      'intents',
      intents.filter(({ status }) => status !== 'canceled'),
    ),
    ...twice(
      'refunds',
      [...fake.books.refunds.values()].filter(({ status }) => status !== 'failed'),
    ),
    ...(waiting > 0 ? [`stripe: ${waiting} webhooks are not taken`] : []),
  ];
}

function differs(intent: Intent, payment: Payment | undefined, { books }: FakeStripe): string[] {
  const captured = intent.amount_received;
  const refunded = books.charges.get(intent.latest_charge ?? '')?.amount_refunded ?? 0;
  const wanted = OPEN[intent.status];
  const agrees = payment ? payment.captured === captured && payment.refunded === refunded : captured === refunded;
  if (agrees && (wanted === undefined || payment?.status === wanted)) return [];
  const here = payment
    ? `${payment.id} is ${payment.status}, ${payment.captured} captured, ${payment.refunded} refunded`
    : `nothing is known of it`;
  return [
    `stripe: ${intent.id} of ${intent.metadata.souk_key} is ${intent.status}, ${captured} captured, ${refunded} refunded; here ${here}`,
  ];
}

/** Ours that Stripe has not: without an intent no money was ever held. */
function lacks({ id, status, ref, captured }: Payment, { books }: FakeStripe): string[] {
  const intent = books.intents.get(ref ?? '');
  const wanted = Object.entries(OPEN).find(([, ours]) => ours === status)?.[0];
  if (wanted && intent?.status !== wanted) return [`stripe: ${id} is ${status} here, and ${intent?.status} at Stripe`];
  return captured > 0 && !intent ? [`stripe: ${id} is captured here, and not at Stripe`] : [];
}

function twice(what: string, made: readonly { metadata: Record<string, string> }[]): string[] {
  const counts = new Map<string, number>();
  for (const { metadata } of made) {
    const key = metadata.souk_key ?? '';
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].filter(([, times]) => times > 1).map(([key, times]) => `stripe: ${times} ${what} under ${key}`);
}

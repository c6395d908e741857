import { setTimeout as sleep } from 'node:timers/promises';
import type { Draw } from './faults.ts';

/** What Stripe is asked while it misbehaves: everything, or one deed. */
const DEEDS = {
  anything: {},
  'an authorization': { method: 'POST', path: '/v1/payment_intents' },
  'a capture': { method: 'POST', path: '/capture' },
  'a release': { method: 'POST', path: '/cancel' },
  'a refund': { method: 'POST', path: '/v1/refunds' },
} as const;

/** Beyond any deadline of the program, as QUICK sets it: what was asked is done after it was given up. */
const TOO_LATE_MS = [1_300, 4_000] as const;

/** Done and the answer lost, or late; done only when nobody waits any more; not done and not answered; refused. */
export const answersAmiss: Draw = (random) => {
  const kind = random.pick(['drop', 'late', 'delay', 'timeout', 'refuse', 'break'] as const);
  const deed = random.pick(Object.keys(DEEDS) as (keyof typeof DEEDS)[]);
  const times = random.int(1, 12);
  const after = random.int(0, 1_500);
  const ms = random.int(...TOO_LATE_MS);
  const status = random.pick([429, 500, 503] as const);
  const how = { late: ` by ${ms} ms`, delay: ` by ${ms} ms`, refuse: ` with ${status}` }[kind as string] ?? '';
  return {
    kind: `stripe ${kind}`,
    detail: `${deed}${how}, ${times} times after ${after} ms`,
    async inject({ stripe }) {
      await sleep(after);
      stripe!.fake.faults.add({ kind, times, ms, status, ...DEEDS[deed] });
    },
  };
};

/** Webhooks that come several times, late, or the last first. */
export const webhooksAmiss: Draw = (random) => {
  const how = random.pick(['copies', 'delay', 'reorder', 'all'] as const);
  const copies = random.int(2, 5);
  const delayMs = random.int(300, 3_000);
  const lasts = random.int(1_000, 3_000);
  const sending = {
    copies: { copies },
    delay: { delayMs },
    reorder: { hold: true },
    all: { copies, delayMs, hold: true },
  }[how];
  return {
    kind: `webhooks ${how}`,
    detail: `${JSON.stringify(sending)} for ${lasts} ms`,
    async inject({ stripe }) {
      const { webhooks } = stripe!.fake;
      Object.assign(webhooks.sending, sending);
      await sleep(lasts);
      webhooks.sending.hold = false;
      webhooks.flush();
    },
  };
};

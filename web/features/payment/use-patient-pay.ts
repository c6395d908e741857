'use client';

import { useActionState, useState } from 'react';
import { useHydrated } from '#design/use-hydrated.ts';
import { UNANSWERED_PAYMENT } from '#graphql/api-error.ts';
import { isLost } from '#graphql/or-lost.ts';
import { type PayState, secondsToWait } from './pay-state.ts';

export type Pay = (before: PayState, form: FormData) => Promise<PayState>;

export interface PatientPay {
  readonly message: string | undefined;
  /** While the shop is busy: how long until the same form is sent again. */
  readonly secondsLeft: number | null;
  readonly pay: (form: FormData) => void;
}

/**
 * Pays, and waits out a busy shop by itself. What is sent again is the form as it was pressed, its idempotency key included, so
 * that nothing is paid twice. Without scripts the form is the server action itself.
 */
export function usePatientPay(send: Pay): PatientPay {
  const [secondsLeft, setSecondsLeft] = useState<number | null>(null);
  const [plain, sendPlainly] = useActionState(send, {});
  const [patient, sendPatiently] = useActionState(async (before: PayState | null, form: FormData) => {
    for (let waits = 0; ; waits += 1) {
      const answer = await send(before ?? {}, form).catch(unheard);
      const seconds = secondsToWait(answer, waits);
      if (seconds === null) return answer;
      for (let left = seconds; left > 0; left -= 1) {
        setSecondsLeft(left);
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      setSecondsLeft(null);
    }
  }, null);
  const hydrated = useHydrated();
  return {
    message: patient ? patient.message : plain.message,
    secondsLeft,
    pay: hydrated ? sendPatiently : sendPlainly,
  };
}

/** The connection broke: whether it was paid is not known, and pressing again pays no second time. */
function unheard(error: unknown): PayState {
  if (!isLost(error)) throw error;
  return { message: UNANSWERED_PAYMENT, unanswered: true };
}

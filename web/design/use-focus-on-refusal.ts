'use client';

import { type RefObject, useEffect, useRef } from 'react';

/** After a form was refused, puts the cursor into the first field that is wrong. `state` is the action's last answer. */
export function useFocusOnRefusal(state: unknown): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer, equal or not, is a new refusal
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [state]);
  return form;
}

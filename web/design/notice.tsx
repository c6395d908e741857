import type { ReactNode } from 'react';
import { CheckIcon, NoticeIcon } from './icons.tsx';

/** Says what happened and what to do; a refusal interrupts a screen reader, good news waits its turn. */
export function Notice({ tone, children }: { tone: 'refusal' | 'success'; children: ReactNode }) {
  const refusal = tone === 'refusal';
  return (
    <p
      role={refusal ? 'alert' : undefined}
      className={`flex gap-2.5 rounded-control border px-3.5 py-3 text-small ${refusal ? 'border-clay/40 text-clay' : 'border-leaf/40 text-leaf'}`}
    >
      {refusal ? <NoticeIcon className="mt-px size-5 shrink-0" /> : <CheckIcon className="mt-px size-5 shrink-0" />}
      <span>{children}</span>
    </p>
  );
}

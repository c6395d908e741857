import Link from 'next/link';
import type { ReactNode } from 'react';
import { CheckIcon } from '#design/icons.tsx';
import type { CheckoutStep } from './checkout-step.ts';

interface StepFrameProps {
  readonly step: CheckoutStep;
  readonly title: string;
  readonly number: number;
  readonly state: 'done' | 'open' | 'ahead';
  /** What was answered, shown once the step is done. */
  readonly answer: ReactNode;
  readonly children: ReactNode;
}

/** One step of the column: ahead it is a title, open it is a form, done it is its answer and a way back. */
export function StepFrame({ step, title, number, state, answer, children }: StepFrameProps) {
  return (
    <li className="border-b border-line py-6 last:border-0" aria-current={state === 'open' ? 'step' : undefined}>
      <div className="flex items-start gap-3">
        <span
          className={`mt-px grid size-7 shrink-0 place-items-center rounded-full text-note tabular-nums ${state === 'open' ? 'bg-indigo text-paper' : 'border border-line text-muted'}`}
          aria-hidden="true"
        >
          {state === 'done' ? <CheckIcon className="size-4 text-leaf" /> : number}
        </span>
        <div className="flex-1">
          <h2 className={`text-lead ${state === 'ahead' ? 'text-muted' : ''}`}>{title}</h2>
          {state === 'done' && <div className="mt-1 text-muted text-small">{answer}</div>}
        </div>
        {state === 'done' && (
          <Link href={`/checkout?step=${step}`} className="link py-1 text-small" aria-label={`Change: ${title}`}>
            Change
          </Link>
        )}
      </div>
      {state === 'open' && <div className="mt-5">{children}</div>}
    </li>
  );
}

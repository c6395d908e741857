import { CheckIcon } from '#design/icons.tsx';
import { LocalTime } from '#design/local-time.tsx';
import type { OrderViewFragment } from '#generated/graphql.ts';
import { type StepState, type TimelineStep, timeline } from './order-steps.ts';

/** The vertical line of steps; the present one breathes in saffron. */
export function OrderTimeline({ order }: { order: OrderViewFragment }) {
  const steps = timeline(order);
  return (
    <ol aria-label="The way of your order">
      {steps.map((step, index) => (
        <TimelineRow key={step.status} step={step} next={steps[index + 1]?.state} />
      ))}
    </ol>
  );
}

const SAID: Record<StepState, string> = {
  done: 'done',
  present: 'now',
  ahead: 'still ahead',
  dropped: 'will not happen',
};

function TimelineRow({ step, next }: { step: TimelineStep; next: StepState | undefined }) {
  const { state, title, at } = step;
  const reached = state === 'done' || state === 'present';
  return (
    <li
      className="relative flex gap-4 pb-7 last:pb-0"
      aria-current={state === 'present' ? 'step' : undefined}
      data-state={state}
    >
      {next && <Thread filled={next === 'done' || next === 'present'} />}
      <Bead state={state} />
      <div className="flex flex-1 items-baseline justify-between gap-4 pt-0.5">
        <h2 className={`text-lead ${reached ? '' : 'text-muted'}`}>
          {title}
          <span className="sr-only">, {SAID[state]}</span>
        </h2>
        {reached && at && <LocalTime at={at} as="time" className="text-muted text-small tabular-nums" />}
      </div>
    </li>
  );
}

function Thread({ filled }: { filled: boolean }) {
  return (
    <span className="absolute top-8 bottom-0 left-[15px] w-0.5 overflow-hidden bg-line" aria-hidden="true">
      <span
        className={`block h-full w-full origin-top bg-indigo transition-transform duration-200 ease-out ${filled ? 'scale-y-100' : 'scale-y-0'}`}
      />
    </span>
  );
}

const BEADS: Record<StepState, string> = {
  done: 'bg-indigo text-paper',
  present: 'bg-saffron text-on-saffron animate-breathe',
  ahead: 'border-2 border-line bg-paper',
  dropped: 'border-2 border-dashed border-line bg-paper',
};

function Bead({ state }: { state: StepState }) {
  return (
    <span
      className={`relative grid size-8 shrink-0 place-items-center rounded-full transition-colors duration-200 ${BEADS[state]}`}
      aria-hidden="true"
    >
      {state === 'done' && <CheckIcon className="size-4.5" />}
      {state === 'present' && <span className="size-2.5 rounded-full bg-current" />}
    </span>
  );
}

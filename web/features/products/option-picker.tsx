'use client';

import { SWATCHES } from './swatches.ts';
import { type Choice, offerState } from './variant-choice.ts';

interface OptionPickerProps {
  readonly option: { readonly name: string; readonly values: readonly string[] };
  readonly variants: Parameters<typeof offerState>[0];
  readonly choice: Choice;
  onChoose(value: string): void;
}

const NOTES = { offered: '', 'sold-out': ', sold out', 'not-made': ', not made like this' };

/** The values of one option as radio buttons that say their name; a color also shows itself. */
export function OptionPicker({ option, variants, choice, onChoose }: OptionPickerProps) {
  return (
    <fieldset>
      <legend className="text-small">
        <span className="text-muted">{option.name}</span> <span className="font-medium">{choice[option.name]}</span>
      </legend>
      <div className="mt-2 flex flex-wrap gap-2">
        {option.values.map((value) => {
          const state = offerState(variants, choice, option.name, value);
          const chosen = choice[option.name] === value;
          return (
            <label
              key={value}
              className={`relative flex min-h-11 items-center gap-2 rounded-control border px-3 text-small transition-colors duration-150 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-indigo ${look(state, chosen)}`}
            >
              <input
                type="radio"
                form="add-to-cart"
                name={`option:${option.name}`}
                value={value}
                checked={chosen}
                disabled={state === 'not-made'}
                onChange={() => onChoose(value)}
                aria-label={value + NOTES[state]}
                className="absolute inset-0 appearance-none outline-none"
              />
              {option.name === 'Color' && SWATCHES[value] && (
                <span
                  className="size-5 rounded-full ring-1 ring-ink/15 ring-inset"
                  style={{ background: SWATCHES[value] }}
                />
              )}
              <span className={state === 'offered' ? '' : 'line-through decoration-1'}>{value}</span>
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

function look(state: keyof typeof NOTES, chosen: boolean): string {
  const edge = chosen
    ? 'border-ink bg-card shadow-[inset_0_0_0_1px_var(--color-ink)]'
    : 'border-line hover:border-muted';
  if (state === 'not-made') return 'border-line border-dashed text-muted opacity-60';
  return `${edge} ${state === 'sold-out' ? 'text-muted' : ''}`;
}

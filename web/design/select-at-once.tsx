'use client';

import { useHydrated } from './use-hydrated.ts';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly chosen: string;
  readonly options: readonly { readonly value: string; readonly text: string; readonly lang?: string }[];
}

/** Sends its form as soon as another is chosen; without scripts by the button. */
export function SelectAtOnce({ label, name, chosen, options }: Props) {
  const isHydrated = useHydrated();
  return (
    <>
      <label className="flex items-center gap-2">
        <span>{label}</span>
        <select
          key={chosen}
          name={name}
          defaultValue={chosen}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
          className="min-h-11 rounded-control border border-line bg-card px-2 text-ink text-small hover:border-muted"
        >
          {options.map(({ value, text, lang }) => (
            <option key={value} value={value} lang={lang}>
              {text}
            </option>
          ))}
        </select>
      </label>
      {!isHydrated && (
        <button type="submit" className="link text-small">
          Show them
        </button>
      )}
    </>
  );
}

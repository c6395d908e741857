'use client';

interface Props {
  readonly label: string;
  readonly name: string;
  readonly chosen: string;
  readonly options: readonly { readonly value: string; readonly text: string; readonly lang?: string }[];
}

/** Sends its form as soon as another is chosen; without scripts by the button. */
export function SelectAtOnce({ label, name, chosen, options }: Props) {
  return (
    <>
      <label className="flex min-w-0 flex-wrap items-center gap-x-2">
        <span>{label}</span>
        <select
          key={chosen}
          name={name}
          defaultValue={chosen}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
          className="min-h-11 max-w-full min-w-0 rounded-control border border-line bg-card px-2 text-ink text-small hover:border-muted"
        >
          {options.map(({ value, text, lang }) => (
            <option key={value} value={value} lang={lang}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <noscript>
        <button type="submit" className="link text-small">
          Show them
        </button>
      </noscript>
    </>
  );
}

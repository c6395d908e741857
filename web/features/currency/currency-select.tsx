'use client';

import { useHydrated } from '#design/use-hydrated.ts';

interface Props {
  readonly currencies: readonly { readonly code: string; readonly name: string }[];
  readonly chosen: string;
}

/** Sends its form as soon as another is chosen; without scripts by the button. */
export function CurrencySelect({ currencies, chosen }: Props) {
  const isHydrated = useHydrated();
  return (
    <>
      <label className="flex min-w-0 flex-wrap items-center gap-x-2">
        <span>Prices in</span>
        <select
          key={chosen}
          name="currency"
          defaultValue={chosen}
          onChange={(event) => event.currentTarget.form?.requestSubmit()}
          className="min-h-11 max-w-full min-w-0 rounded-control border border-line bg-card px-2 text-ink text-small hover:border-muted"
        >
          {currencies.map(({ code, name }) => (
            <option key={code} value={code}>
              {name} ({code})
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

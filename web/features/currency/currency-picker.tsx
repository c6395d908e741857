import { SelectAtOnce } from '#design/select-at-once.tsx';
import { chosenCurrency, currencies } from './chosen-currency.ts';
import { chooseCurrency } from './currency.actions.ts';

/** What prices are in; nothing where there is no choice. */
export async function CurrencyPicker() {
  const [all, chosen] = await Promise.all([currencies(), chosenCurrency()]);
  if (all.length < 2) return null;
  return (
    <form action={chooseCurrency} className="flex min-w-0 flex-wrap items-center gap-x-3">
      <SelectAtOnce
        label="Prices in"
        name="currency"
        chosen={chosen ?? all[0]!.code}
        options={all.map(({ code, name }) => ({ value: code, text: `${name} (${code})` }))}
      />
    </form>
  );
}

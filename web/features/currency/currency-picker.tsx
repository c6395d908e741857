import { chosenCurrency, currencies } from './chosen-currency.ts';
import { chooseCurrency } from './currency.actions.ts';
import { CurrencySelect } from './currency-select.tsx';

/** What prices are in; nothing where there is no choice. */
export async function CurrencyPicker() {
  const [all, chosen] = await Promise.all([currencies(), chosenCurrency()]);
  if (all.length < 2) return null;
  return (
    <form action={chooseCurrency} className="flex min-w-0 flex-wrap items-center gap-x-3">
      <CurrencySelect currencies={all} chosen={chosen ?? all[0]!.code} />
    </form>
  );
}

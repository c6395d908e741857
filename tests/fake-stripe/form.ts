export type FormValue = string | FormValue[] | { [name: string]: FormValue };
export type Form = { [name: string]: FormValue };

/** Stripe's form encoding: `metadata[order_id]=ord_1&expand[]=latest_charge&expand[0]=…` as nested objects and lists. */
export function readForm(body: string): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(body)) put(form, name.split(/[[\]]+/).filter(Boolean), name, value);
  return form;
}

function put(form: Form, keys: string[], name: string, value: string): void {
  const [first, second, ...deeper] = keys;
  if (first === undefined || ['__proto__', 'constructor', 'prototype'].includes(first)) return;
  if (second === undefined && !name.endsWith('[]')) {
    form[first] = value;
    return;
  }
  if (second === undefined || /^\d+$/.test(second)) {
    const list = Array.isArray(form[first]) ? form[first] : [];
    form[first] = [...list, value];
    return;
  }
  const inner = form[first];
  const nested: Form = inner && typeof inner === 'object' && !Array.isArray(inner) ? inner : {};
  form[first] = nested;
  put(nested, [second, ...deeper], '', value);
}

export const text = (value: FormValue | undefined): string | null => (typeof value === 'string' ? value : null);
export const listOf = (value: FormValue | undefined): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
export const textsOf = (value: FormValue | undefined): Record<string, string> =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {};

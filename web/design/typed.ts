const SECRETS: ReadonlySet<string> = new Set(['password', 'newPassword', 'token']);

/** What was typed into a form, so that a refusal does not empty it. Never a password. */
export function typed(form: FormData): Record<string, string> {
  const kept = [...form.entries()].filter(([name]) => !SECRETS.has(name) && !name.startsWith('$'));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

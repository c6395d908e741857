import { typed } from '#design/typed.ts';
import type { AccountErrorCode } from '#generated/graphql.ts';
import { wordsForApiError } from '#graphql/api-error.ts';
import { type FieldErrors, fieldOf } from './address-form-data.ts';

/** How a form of the account stands after it was sent. */
export interface AccountState {
  readonly message?: string;
  readonly fieldErrors?: FieldErrors;
  /** What was typed, so that a refusal does not empty the form. Never a password. */
  readonly values?: Readonly<Record<string, string>>;
  readonly saved?: boolean;
}

export interface Refused {
  readonly code: AccountErrorCode;
  readonly message: string;
  readonly path?: readonly string[] | null;
}

const WORDS: Partial<Record<AccountErrorCode, string>> = {
  CREDENTIALS_INVALID: 'E-mail and password do not go together. Check both and try again.',
  EMAIL_TAKEN: 'There is an account with this e-mail already. Sign in instead.',
  EMAIL_INVALID: 'This does not look like an e-mail address. Check it for a typing error.',
  ADDRESS_NOT_FOUND: 'This address was removed already.',
  TOKEN_INVALID: 'This link is not good any more, or was used already. Ask for a new one.',
  TOKEN_EXPIRED: 'This link is too old. Ask for a new one.',
};

/** Each refusal at the field it is about; what is about no visible field comes as the message. */
export function refused(errors: readonly Refused[], form: FormData): AccountState {
  const told = errors.map(({ code, message, path }) => ({ field: fieldOf(path), words: WORDS[code] ?? message }));
  const isAtField = ({ field }: { field: string | undefined }) => field && field !== 'token' && form.has(field);
  const atFields = told.filter(isAtField).map(({ field, words }) => [field, words]);
  const message = told.find((one) => !isAtField(one))?.words;
  return { fieldErrors: Object.fromEntries(atFields), values: typed(form), ...(message && { message }) };
}

/** The API could not be asked. */
export function unanswered(error: unknown, form: FormData): AccountState {
  return { message: wordsForApiError(error), values: typed(form) };
}

export function text(form: FormData, name: string): string {
  return String(form.get(name) ?? '').trim();
}

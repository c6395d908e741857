/**
 * A no that the caller can act on. Mutations answer it as a userError; anything else that is thrown is a fault and
 * is masked. `details` are further fields of the error type, e.g. `available`.
 */
export class Refusal<Code extends string = string> extends Error {
  override readonly name = 'Refusal';
  readonly code: Code;
  /** Into the input, e.g. `['input', 'lines', '0', 'quantity']`. */
  readonly path: readonly string[] | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: Code,
    sentence: string,
    options: { path?: readonly string[]; details?: Record<string, unknown> } = {},
  ) {
    super(sentence);
    this.code = code;
    this.path = options.path;
    this.details = options.details ?? {};
  }
}

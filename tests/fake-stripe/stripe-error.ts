/** An answer in the shape of Stripe's errors (docs.stripe.com/api/errors). */
export class StripeFault extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** Came of executing, not of checking the parameters: kept under the idempotency key. */
  readonly kept: boolean;

  constructor(status: number, body: { type: string; message: string } & Record<string, unknown>, kept = false) {
    super(body.message);
    this.status = status;
    this.body = body;
    this.kept = kept;
  }
}

export const refused = (message: string, more: Record<string, unknown> = {}): StripeFault =>
  new StripeFault(400, { type: 'invalid_request_error', message, ...more }, true);

export const invalid = (message: string, more: Record<string, unknown> = {}, status = 400): StripeFault =>
  new StripeFault(status, { type: 'invalid_request_error', message, ...more });

export const noSuch = (what: string, id: string, param: string): StripeFault =>
  invalid(`No such ${what}: '${id}'`, { code: 'resource_missing', param }, param === 'id' ? 404 : 400);

import { Refusal } from '#platform/errors/refusal.ts';

/** What staff asks for. */
export interface AdDraft {
  readonly text: string;
  readonly contexts?: readonly string[] | null;
  readonly startsAt?: Date | null;
  readonly endsAt?: Date | null;
  readonly impressions?: number | null;
}

export interface NewAd {
  readonly text: string;
  readonly contexts: readonly string[];
  readonly startsAt: Date;
  readonly endsAt: Date | null;
  readonly impressions: number | null;
}

const MOST_LETTERS = 140;
const MOST_CONTEXTS = 50;
const MOST_IMPRESSIONS = 1_000_000_000;
/** As `cart`, `home` or `category:teapots`. */
const CONTEXT = /^[a-z]{1,20}(?::[a-z0-9-]{1,100})?$/;
/** What is not seen could turn the text around or hide a part of it: controls, and marks of direction. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** @throws {Refusal} that says which field is not good */
export function newAd({ text, contexts, startsAt, endsAt, impressions }: AdDraft, now: Date): NewAd {
  const refuse = (code: string, message: string, field: string): never => {
    throw new Refusal(code, message, { path: ['input', field] });
  };
  const said = text.trim();
  if (said === '' || said.length > MOST_LETTERS || UNSEEN.test(said))
    refuse('TEXT_INVALID', `The text has 1 to ${MOST_LETTERS} visible letters, on one line.`, 'text');
  const places = [...new Set(contexts ?? [])];
  if (places.length > MOST_CONTEXTS || !places.every((place) => CONTEXT.test(place)))
    refuse('CONTEXT_INVALID', `Name up to ${MOST_CONTEXTS} places as cart, home or category:teapots.`, 'contexts');
  const from = startsAt ?? now;
  if (endsAt && (endsAt <= from || endsAt <= now))
    refuse('PERIOD_INVALID', 'It ends after now, and after it starts.', 'endsAt');
  if (impressions != null && (impressions < 1 || impressions > MOST_IMPRESSIONS))
    refuse('LIMIT_INVALID', 'It is shown at least once; leave the limit out for as often as wanted.', 'impressions');
  return { text: said, contexts: places, startsAt: from, endsAt: endsAt ?? null, impressions: impressions ?? null };
}

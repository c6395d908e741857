import { Refusal } from '#platform/errors/refusal.ts';

/** Control characters but for line breaks and tabs, NUL among them, and halves of surrogate pairs, which no database takes. */
const UNWRITABLE = /[^\P{Cc}\n\t]|\p{Cs}/u;
const LINE_BREAKS = /[\n\p{Zl}\p{Zp}]/u;
const MOST_TITLE = 120;
const MOST_BODY = 5_000;

/** What somebody wrote, as it is stored: trimmed and composed (NFC), with at most one empty line between two. */
export interface ReviewText {
  readonly rating: number;
  readonly title: string | null;
  readonly body: string;
}

/** Throws a `Refusal` that names the field. */
export function reviewText(input: { rating: number; title?: string | null | undefined; body: string }): ReviewText {
  const { rating } = input;
  if (!Number.isInteger(rating) || rating < 1 || rating > 5)
    throw new Refusal('RATING_INVALID', 'Rate it with 1 to 5.', { path: ['input', 'rating'] });
  const title = written(input.title ?? '', MOST_TITLE);
  if (title === null || LINE_BREAKS.test(title))
    throw new Refusal('TITLE_INVALID', `Write the title in one line of at most ${MOST_TITLE} characters.`, {
      path: ['input', 'title'],
    });
  const body = written(input.body, MOST_BODY);
  if (!body)
    throw new Refusal('BODY_INVALID', `Write what you think of it, in at most ${MOST_BODY} characters.`, {
      path: ['input', 'body'],
    });
  return { rating, title: title || null, body };
}

function written(text: string, most: number): string | null {
  // What is far too long is not even looked through.
  if (text.length > 4 * most) return null;
  const whole = text
    .replaceAll(/\r\n?/g, '\n')
    .trim()
    .normalize('NFC')
    .replaceAll(/\n{3,}/g, '\n\n');
  return whole.length <= most && !UNWRITABLE.test(whole) ? whole : null;
}

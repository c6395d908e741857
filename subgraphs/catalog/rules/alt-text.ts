import { Refusal } from '#platform/errors/refusal.ts';

/** As Shopify's, whose catalogs are imported. */
const MOST_CHARACTERS = 512;

/** What a picture shows, for those who do not see it: one line of any script. `field` is its name in the input. */
export function altText(text: string, field = 'alt'): string {
  const line = text.replace(/\s+/g, ' ').trim();
  // Postgres keeps no NUL, and no other control character has a place in a line.
  if (/\p{Cc}/u.test(line) || [...line].length > MOST_CHARACTERS) {
    throw new Refusal('ALT_INVALID', `alt may have ${MOST_CHARACTERS} characters, and no control characters.`, {
      path: ['input', field],
    });
  }
  return line;
}

/** Letters with marks, blanks and what stands inside names. Anything else might be somebody's advertisement. */
const PLAIN_NAME = /^[\p{L}\p{M} '’-]{1,60}$/u;

/** `Welcome, Ada`, or `Welcome` to who gave no name. */
export const greeting = (word: string, name: string | null): string =>
  name && PLAIN_NAME.test(name) ? `${word}, ${name}` : word;

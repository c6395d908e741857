/** Whether a text can be an id of a type, e.g. `isId('adr', text)`. What cannot never reaches the database. */
export const isId = (prefix: string, text: string): boolean =>
  text.length === prefix.length + 27 &&
  text.startsWith(`${prefix}_`) &&
  /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text.slice(-26));

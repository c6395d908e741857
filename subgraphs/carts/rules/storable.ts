/** A text as Postgres can keep it in jsonb: no NUL, no half of a surrogate pair. */
export const storable = (text: string): string => text.replaceAll('\0', '').replace(/\p{Cs}/gu, '');

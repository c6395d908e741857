/**
 * How many seconds answers about goods may be kept. Changes are announced and seen at once; this bounds what browsers and
 * what lost announcements keep.
 */
export const MAX_AGE = 60;

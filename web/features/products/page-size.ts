/** Full rows at two, three and four a row. */
export const PAGE_SIZE = 24;

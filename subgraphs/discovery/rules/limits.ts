/** How many are shown: at least none, at most what is found at all. */
export const within = (limit: number | null | undefined, usual: number, most: number): number =>
  Math.min(Math.max(limit ?? usual, 0), most);

/** What a line of goods is called in a mail, e.g. `Tea glass` and ` (Indigo, Large)`. */
export const goodsOf = ({ title, options }: { title: string; options: { value: string }[] }) => ({
  title,
  options: options.length > 0 ? ` (${options.map(({ value }) => value).join(', ')})` : '',
});

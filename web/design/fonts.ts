/** The two files that every page is written with; asked for by the page itself, before its style sheet asks. */
export const FONT_FILES: readonly string[] = [
  new URL('@fontsource-variable/bricolage-grotesque/files/bricolage-grotesque-latin-wght-normal.woff2', import.meta.url)
    .href,
  new URL('@fontsource-variable/instrument-sans/files/instrument-sans-latin-wght-normal.woff2', import.meta.url).href,
];

/** Text that is HTML already; everything else that goes into `html` is escaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Piece = string | number | Html | null | readonly Html[];

/** A template whose values are escaped, for text and for quoted attributes: html`<p title="${name}">${name}</p>`. */
export function html(strings: TemplateStringsArray, ...values: Piece[]): Html {
  return new Html(strings.reduce((text, string, i) => text + asHtml(values[i - 1] ?? null) + string));
}

function asHtml(value: Piece): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map((piece) => piece.text).join('');
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

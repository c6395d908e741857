/**
 * A cell that a spreadsheet would take for a formula begins with an apostrophe
 * (https://owasp.org/www-community/attacks/CSV_Injection); so does one that begins like that by itself, so that reading
 * it back is exact.
 */
export const safeCell = (text: string): string => (/^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

export const readCell = (cell: string): string => (/^'+[=+\-@\t\r]/.test(cell) ? cell.slice(1) : cell);

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A description as plain text: Shopify's are HTML. One without any tag keeps its lines. */
export function textOfHtml(html: string): string {
  const plain = /<[a-z!/]/i.test(html)
    ? html
        .replaceAll(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, '')
        .replaceAll(/\s+/g, ' ')
        .replaceAll(/<br\s*\/?>/gi, '\n')
        .replaceAll(/<li\b[^>]*>/gi, '\n- ')
        .replaceAll(/<\/(?:p|div|ul|ol|table|blockquote|h[1-6])\s*>/gi, '\n\n')
        .replaceAll(/<[^>]*>/g, '')
    : html.replaceAll(/\r\n?/g, '\n');
  return plain
    .replaceAll(/&(#x[\da-f]{1,6}|#\d{1,7}|[a-z]+);/gi, (whole, name: string) => entity(name) ?? whole)
    .replaceAll(/[ \t]*\n[ \t]*/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function entity(name: string): string | null {
  if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? null;
  const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : null;
}

/** The same text as HTML, to be read back by `textOfHtml`. */
export function htmlOfText(text: string): string {
  if (!text) return '';
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return escaped
    .split(/\n{2,}/)
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('');
}

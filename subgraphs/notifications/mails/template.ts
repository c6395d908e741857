import { createContext, createElement, Fragment, type ReactNode, useContext } from 'react';

/** What a template is filled with. A `null` writes nothing, and makes what stands in its `<When>` be left out. */
export type Value = string | number | null | readonly Values[];
export interface Values {
  readonly [name: string]: Value;
}

export type Medium = 'html' | 'text';
const MediumContext = createContext<Medium>('html');

/** Whether a component is being rendered as HTML or as plain text: each knows both of its forms. */
export const useMedium = (): Medium => useContext(MediumContext);

// Characters of private use (Unicode 23.5): no template has them, and values are put in when marks are gone.
const [SLOT, EACH, WHEN, NAME_ENDS, BLOCK_ENDS] = ['\uE000', '\uE001', '\uE002', '\uE003', '\uE004'] as const;
const MARKS = /([\uE000-\uE002])([^\uE003]*)\uE003|\uE004/g;

/** Stands for the values while a template is rendered: each name is a mark that says where its value goes. */
export const slots = <V extends Values>(scope = ''): V =>
  new Proxy({} as V, { get: (_, name) => `${SLOT}${scope}${String(name)}${NAME_ENDS}` });

const nameOf = (slot: unknown): string => String(slot).slice(1, -1);

/** Its content once for each of a list. */
export function Each<Item extends Values>({ of, children }: { of: readonly Item[]; children(item: Item): ReactNode }) {
  return createElement(Fragment, null, `${EACH}${nameOf(of)}${NAME_ENDS}`, children(slots<Item>('.')), BLOCK_ENDS);
}

/** Its content where there is such a value. */
export function When({ value, children }: { value: Value; children: ReactNode }) {
  return createElement(Fragment, null, `${WHEN}${nameOf(value)}${NAME_ENDS}`, children, BLOCK_ENDS);
}

/** A rendered template, ready to be filled as often as is needed. */
type Piece = string | { slot: string } | { each: string; body: Piece[] } | { when: string; body: Piece[] };

/** Renders a template once. */
export async function compile(template: ReactNode, medium: Medium): Promise<(values: Values) => string> {
  const { renderToStaticMarkup } = await import('./render.ts');
  const markup = renderToStaticMarkup(createElement(MediumContext, { value: medium }, template));
  const pieces = piecesOf(medium === 'html' ? markup : unescaped(markup));
  return (values) => fill(pieces, values, {}, medium === 'html' ? escaped : (text) => text);
}

/** What `renderToStaticMarkup` made of the text's own characters. */
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'" };
const unescaped = (markup: string): string =>
  markup.replace(/&(amp|lt|gt|quot|#x27);/g, (_, entity: string) => ENTITIES[entity] ?? '');

function piecesOf(markup: string): Piece[] {
  const open: Piece[][] = [[]];
  let end = 0;
  for (const match of markup.matchAll(MARKS)) {
    const [whole, mark, name = ''] = match;
    const here = open.at(-1)!;
    if (match.index > end) here.push(markup.slice(end, match.index));
    end = match.index + whole.length;
    if (mark === SLOT) here.push({ slot: name });
    else if (mark) {
      const body: Piece[] = [];
      here.push(mark === EACH ? { each: name, body } : { when: name, body });
      open.push(body);
    } else open.pop();
  }
  open[0]!.push(markup.slice(end));
  return open[0]!;
}

function fill(pieces: readonly Piece[], values: Values, item: Values, write: (text: string) => string): string {
  const find = (name: string): Value => (name.startsWith('.') ? item[name.slice(1)] : values[name]) ?? null;
  let text = '';
  for (const piece of pieces) {
    if (typeof piece === 'string') text += piece;
    else if ('slot' in piece) text += write(String(find(piece.slot) ?? ''));
    else if ('each' in piece) {
      for (const each of find(piece.each) as readonly Values[]) text += fill(piece.body, values, each, write);
    } else if (find(piece.when) !== null) text += fill(piece.body, values, item, write);
  }
  return text;
}

/** For text and for quoted attributes. */
const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

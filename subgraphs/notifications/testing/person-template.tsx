import { Each, slots, When } from '../mails/template.ts';

type Person = { name: string; words: { word: string }[]; note: string | null };
const { name, words, note } = slots<Person>();

/** A template with a value in text and in an attribute, a list, and something optional. */
export const PERSON = (
  <p title={name}>
    Dear {name} & co, <Each of={words}>{({ word }) => `(${word}${name})`}</Each>
    <When value={note}> P.S. {note}</When>
  </p>
);

import { expect, test } from 'vitest';
import { PERSON } from '../testing/person-template.tsx';
import { compile } from './template.ts';

const HOSTILE = `<b title='x'>"&`;
const ESCAPED = '&#60;b title=&#39;x&#39;&#62;&#34;&#38;';
const MARK = '\uE000name\uE003';

test('values are escaped in HTML, and are themselves in text', async () => {
  const values = { name: HOSTILE, words: [{ word: 'a' }, { word: '<' }], note: null };
  expect((await compile(PERSON, 'html'))(values)).toBe(
    `<p title="${ESCAPED}">Dear ${ESCAPED} &amp; co, (a${ESCAPED})(&#60;${ESCAPED})</p>`,
  );
  expect((await compile(PERSON, 'text'))(values)).toBe(
    `<p title="${HOSTILE}">Dear ${HOSTILE} & co, (a${HOSTILE})(<${HOSTILE})</p>`,
  );
});

test('a value that looks like a mark is a value', async () => {
  const fill = await compile(PERSON, 'html');
  expect(fill({ name: MARK, words: [], note: MARK })).toBe(
    `<p title="${MARK}">Dear ${MARK} &amp; co,  P.S. ${MARK}</p>`,
  );
});

test('what is optional is left out where it is null, and stays where it is empty', async () => {
  const fill = await compile(PERSON, 'html');
  expect(fill({ name: 'A', words: [], note: '' })).toBe('<p title="A">Dear A &amp; co,  P.S. </p>');
  expect(fill({ name: 'A', words: [], note: null })).toBe('<p title="A">Dear A &amp; co, </p>');
});

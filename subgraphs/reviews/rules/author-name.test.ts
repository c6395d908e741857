import { expect, test } from 'vitest';
import { authorName } from './author-name.ts';

test.each([
  ['Ada Lovelace', 'Ada L.'],
  ['  Ada   King  Lovelace ', 'Ada L.'],
  ['Ada', 'Ada'],
  ['Åsa ørn', 'Åsa Ø.'],
  ['张 𠮷野', '张 𠮷.'],
  ['ada@example.com', 'A customer'],
  ['', 'A customer'],
  [null, 'A customer'],
])('%j is shown as %j', (name, shown) => {
  expect(authorName(name)).toBe(shown);
});

import { expect, test } from 'vitest';
import { languageName } from './language-name.ts';

test.each([
  ['en', 'English'],
  ['de', 'Deutsch'],
  ['fr', 'Français'],
  ['ar', 'العربية'],
  ['de-AT', 'Österreichisches Deutsch'],
])('%s is called %s', (locale, name) => {
  expect(languageName(locale)).toBe(name);
});

import { expect, test } from 'vitest';
import { legible } from './legible.ts';

test.each([
  ['Müller & Søn, Straße 1', 'Müller & Søn, Straße 1'],
  ['Łódź, Žižkov, Őrség, Țăndărei', 'Lódz, Zizkov, Orség, Tandarei'],
  ['София, Жълта къща', 'Sofiya, Zhalta kashta'],
  ['Θεσσαλονίκη, Άγιος', 'Thessaloniki, Agios'],
  ['Mu\u0308nchen', 'München'],
  ['O’Neill – 東京 🏠', "O'Neill - ?? ?"],
])('%s is written %s', (text, written) => expect(legible(text)).toBe(written));

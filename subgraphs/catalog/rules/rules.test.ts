import { describe, expect, test } from 'vitest';
import { excerpt } from './excerpt.ts';
import { readQuery, wordsOf } from './search-words.ts';

describe('excerpt', () => {
  test('leaves short texts alone and cuts long ones between words', () => {
    expect(excerpt('A mug of clay.', 14)).toBe('A mug of clay.');
    expect(excerpt('A mug of clay, thrown by hand.', 20)).toBe('A mug of clay…');
    expect(excerpt('Thrown', 3)).toBe('Th…');
  });
});

describe('search words', () => {
  test('are what was typed, without NUL and outer space, at most 200 characters', () => {
    expect(readQuery('  blue\u0000lamp ')).toBe('blue lamp');
    expect([readQuery(null), readQuery(' \u0000 ')]).toEqual([null, null]);
    expect(readQuery('x'.repeat(1_000_000))).toHaveLength(200);
  });

  test('are told apart by what is no letter and no number, at most ten', () => {
    expect(wordsOf("Blue lam'p")).toEqual(['blue', 'lam', 'p']);
    expect(wordsOf('фонарь & !|()*:')).toEqual(['фонарь']);
    expect(wordsOf('!!! ---')).toEqual([]);
    expect(wordsOf('a b c d e f g h i j k l')).toHaveLength(10);
  });
});

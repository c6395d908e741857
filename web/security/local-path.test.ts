import { expect, test } from 'vitest';
import { localPath } from './local-path.ts';

test('only a path of this shop is followed', () => {
  expect(localPath('/checkout?step=address', '/')).toBe('/checkout?step=address');
  for (const elsewhere of [
    'https://evil.test',
    '//evil.test',
    '/\\evil.test',
    'javascript:alert(1)',
    '/a\nb',
    '',
    undefined,
  ]) {
    expect(localPath(elsewhere, '/account')).toBe('/account');
  }
});

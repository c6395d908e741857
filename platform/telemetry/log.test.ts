import { expect, test } from 'vitest';
import { plainError } from './log.ts';

test('an error is told with its kind, its code and its causes, and without what a driver hangs on it', () => {
  const lost = Object.assign(new Error('read ECONNRESET'), {
    code: 'ECONNRESET',
    client: { secretKey: 7, connection: {} },
  });
  const told = plainError(new TypeError('asking failed', { cause: lost })) as Record<string, string>;
  expect(told).toMatchObject({ type: 'TypeError', message: 'asking failed: read ECONNRESET' });
  expect(told.stack).toContain('caused by: Error: read ECONNRESET');
  expect(plainError(lost)).toEqual({
    ...{ type: 'Error', message: 'read ECONNRESET', code: 'ECONNRESET' },
    stack: expect.stringContaining('log.test.ts'),
  });
  expect(plainError('no error')).toBe('no error');
});

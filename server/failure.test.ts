import { expect, test } from 'vitest';
import { ConfigError } from '#platform/config/config-error.ts';
import { describeFailure } from './failure.ts';

const systemError = (fields: object): Error => Object.assign(new Error('as the system says it'), fields);

test('what a person can mend is one sentence without a stack, however deep it lies', () => {
  const sentence = 'ROUTER_PORT is "x": set it to a port.';
  expect(describeFailure(new ConfigError(sentence))).toBe(sentence);
  expect(describeFailure(new Error('while starting', { cause: new ConfigError(sentence) }))).toBe(sentence);
});

test('a port in use and a full disk say what to do', () => {
  expect(describeFailure(systemError({ code: 'EADDRINUSE', port: 4000 }))).toBe(
    'Port 4000 is taken by another program: stop that, or choose another port.',
  );
  const full = 'free some space, or set SOUK_DATA to a folder on another disk.';
  expect(describeFailure(systemError({ code: 'ENOSPC', path: '/srv/a' }))).toBe(`The disk of /srv/a is full: ${full}`);
  expect(describeFailure(new Error('Migration 1 failed.', { cause: systemError({ code: '53100' }) }))).toBe(
    `The disk is full: ${full}`,
  );
});

test('a fault of the program keeps its stack', () => {
  expect(describeFailure(new TypeError('x is not a function'))).toContain('failure.test.ts');
});

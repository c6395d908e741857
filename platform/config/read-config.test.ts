import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { flag, list, port, readConfig, url } from './read-config.ts';
import { inProject, PROJECT_ROOT } from './root.ts';

const SHAPE = {
  ROUTER_PORT: port().default(4000).describe('a port from 1 to 65535'),
  ORDERS_DATABASE_URL: url('postgresql', 'postgres').describe('the Postgres URL of the orders database'),
  TARGET: list().optional().describe('names'),
  DEMO_SHOP: flag().default(false).describe('1 or 0'),
  SOUK_SECRET: z.string().min(32).optional().describe('at least 32 random characters'),
};
const GOOD = { ORDERS_DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/orders' };

const refusal = (env: Record<string, string>): string => {
  try {
    readConfig(SHAPE, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('readConfig', () => {
  test('reads numbers, flags and lists, and fills defaults', () => {
    expect(readConfig(SHAPE, { ...GOOD, TARGET: 'orders, payments,', DEMO_SHOP: '1', ROUTER_PORT: ' ' })).toEqual({
      ...GOOD,
      ROUTER_PORT: 4000,
      TARGET: ['orders', 'payments'],
      DEMO_SHOP: true,
    });
  });

  test('names the variable, what was given and the mend, in one sentence', () => {
    expect(refusal({ ...GOOD, ROUTER_PORT: 'abc' })).toBe('ROUTER_PORT is "abc": set it to a port from 1 to 65535.');
    expect(refusal({ ...GOOD, ROUTER_PORT: '70000' })).toBe(
      'ROUTER_PORT is "70000": set it to a port from 1 to 65535.',
    );
    expect(refusal({})).toBe('ORDERS_DATABASE_URL is not set: set it to the Postgres URL of the orders database.');
    expect(refusal({ ...GOOD, DEMO_SHOP: 'perhaps' })).toBe('DEMO_SHOP is "perhaps": set it to 1 or 0.');
  });

  test('keeps secrets out of the sentence', () => {
    expect(refusal({ ...GOOD, SOUK_SECRET: 'hunter2' })).toBe(
      'SOUK_SECRET is a text of 7 characters: set it to at least 32 random characters.',
    );
    expect(refusal({ ORDERS_DATABASE_URL: 'mysql://u:hunter2@db/orders' })).toBe(
      'ORDERS_DATABASE_URL is "mysql://u:***@db/orders": set it to the Postgres URL of the orders database.',
    );
  });

  test('a variable without a description is a fault of the program', () => {
    expect(() => readConfig({ X: z.string() }, {})).toThrow('The variable X lacks .describe()');
  });
});

test('the root is the folder of the package named souk', () => {
  expect(inProject('package.json')).toBe(`${PROJECT_ROOT}/package.json`);
  expect(inProject('platform', 'config', 'read-config.test.ts')).toBe(new URL(import.meta.url).pathname);
});

import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { StepTooSlow } from '#platform/saga/faults.ts';
import { SubgraphUnavailable } from '#platform/transport/transport.ts';
import { isOutage } from './outage.ts';

const coded = (code: string) => Object.assign(new Error('it'), { code });

test.each([
  new SubgraphUnavailable('carts', 'it is down'),
  new StepTooSlow('freeze took longer'),
  new GraphQLError('carts', { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }),
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'EPIPE',
    'ETIMEDOUT',
    '57P01',
    '08006',
    '53300',
    '40P01',
    '55P03',
    'P1001',
    'P2024',
    'P2037',
  ].map(coded),
  new Error('Connection terminated unexpectedly'),
])('%s passes by itself', (reason) => {
  expect(isOutage(reason)).toBe(true);
});

test.each([
  new TypeError('undefined is not a function'),
  new GraphQLError('carts', { extensions: { code: 'INTERNAL' } }),
  ...['23505', '42703', '22P02', 'ERR_INVALID_ARG_TYPE'].map(coded),
  'a text',
  null,
])('%s is a bug until shown otherwise', (reason) => {
  expect(isOutage(reason)).toBe(false);
});

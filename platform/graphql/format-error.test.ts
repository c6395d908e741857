import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { formatSubgraphError } from './format-error.ts';

const failed = (cause: Error) => new GraphQLError(cause.message, { originalError: cause, path: ['cart'] });

test('32: a database that is gone for a moment is an outage, which a client may try again', () => {
  const cause = Object.assign(new Error('terminating connection due to administrator command'), { code: '57P01' });
  expect(formatSubgraphError(failed(cause))).toEqual({
    message: 'What answers this cannot be reached just now; try again.',
    path: ['cart'],
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  });
});

test('48: a fault of ours says nothing of itself', () => {
  const cause = Object.assign(new Error('relation "cart" does not exist'), { code: '42P01' });
  expect(formatSubgraphError(failed(cause))).toEqual({
    message: 'Something went wrong on our side.',
    path: ['cart'],
    extensions: { code: 'INTERNAL' },
  });
});

import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { DEFAULT_LIMITS } from './limits.ts';
import { operationReader } from './operations.ts';

const read = () => operationReader(buildSchema('type Query { a: Int }'), DEFAULT_LIMITS, true);
const documentOf = (answer: ReturnType<ReturnType<typeof read>>) => ('document' in answer ? answer.document : null);

test('what is asked often is read once, however many others are asked in between', () => {
  const reader = read();
  const first = documentOf(reader('{ a }'));
  expect(first).not.toBeNull();
  for (let i = 0; i < 3_000; i += 1) {
    reader(`{ x${i}: a }`);
    if (i % 500 === 0) expect(documentOf(reader('{ a }'))).toBe(first);
  }
  expect(documentOf(reader('{ a }'))).toBe(first);
});

test('what is not asked again makes room', () => {
  const reader = read();
  const first = documentOf(reader('{ a }'));
  for (let i = 0; i < 1_000; i += 1) reader(`{ x${i}: a }`);
  expect(documentOf(reader('{ a }'))).not.toBe(first);
  const small = documentOf(reader('{ b: a }'));
  for (let i = 0; i < 30; i += 1) reader(`{ a } # ${i} ${'x'.repeat(200_000)}`);
  expect(documentOf(reader('{ b: a }'))).not.toBe(small);
});

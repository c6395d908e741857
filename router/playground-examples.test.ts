import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';
import { readExamples } from './playground-examples.ts';

const examples = await readExamples(inProject('router/playground/public/examples'));
const api = buildSchema(readFileSync(inProject('router/schema/api.graphql'), 'utf8'));

test.each(examples)(
  'example %# can be sent to the API, and its variables are those it declares',
  ({ query, variables = '{}' }) => {
    const document = parse(query);
    const errors = validate(api, document);
    expect(errors.map(({ message }) => message)).toEqual([]);
    const declared = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
    );
    const names = declared.map(({ variable }) => variable.name.value);
    expect(Object.keys(JSON.parse(variables)).filter((name) => !names.includes(name))).toEqual([]);
  },
);

test('the six of a purchase come in their order', () => {
  expect(examples).toHaveLength(6);
  expect(examples[0]?.variables).toBe('{\n  "first": 6\n}');
});

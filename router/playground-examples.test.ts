import { readdirSync, readFileSync } from 'node:fs';
import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { inProject } from '#platform/config/root.ts';

const folder = inProject('router/playground/examples');
const api = buildSchema(readFileSync(inProject('router/schema/api.graphql'), 'utf8'));

test.each(readdirSync(folder))('the example %s can be sent to the API', (file) => {
  const errors = validate(api, parse(readFileSync(`${folder}/${file}`, 'utf8')));
  expect(errors.map(({ message }) => message)).toEqual([]);
});

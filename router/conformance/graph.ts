import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type ExecutionResult, execute, type GraphQLError, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { contextOf } from '../context.ts';
import type { DataSource } from '../data-source.ts';
import { compileOperation } from '../execution/compiled-operation.ts';
import { type LoadedSupergraph, loadSupergraph } from '../supergraph.ts';

type Values = Readonly<Record<string, unknown>>;

/** A subgraph: its SDL, what its root fields answer, and its entities by type; a value may be a function of its arguments. */
export interface Subgraph {
  readonly sdl: string;
  /** How it links to federation, if not to 2.3; empty for a subgraph of Federation 1. */
  readonly link?: string;
  readonly Query?: Values;
  readonly Mutation?: Values;
  readonly entities?: Readonly<Record<string, readonly Values[]>>;
}

export interface Case {
  readonly name: string;
  readonly query: string;
  readonly variables?: Values;
  readonly data: unknown;
  /** Each error as `path: message`, sorted; by default there must be none. */
  readonly errors?: readonly string[];
  /** What each subgraph is asked, in order: `name {fields}`, and for entities `name 2× {fields}`. */
  readonly fetches: readonly string[];
}

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external",
  "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject"])\n`;

/** A field that its subgraph makes of what it knows of the entity, and of what the representation told. */
export const computed = (made: (known: Values, told: Values) => unknown) =>
  function (this: Values & { readonly [TOLD]: Values }) {
    return made(this, this[TOLD]);
  };
const TOLD = Symbol('told');

/** Composes the subgraphs, and holds the router's execution to each case: the data and what was asked for it. */
export function conforms(subgraphs: Readonly<Record<string, Subgraph>>, cases: readonly Case[]): void {
  const supergraph = compose(subgraphs);
  test.each(cases)('$name', async ({ query, variables, data, errors = [], fetches }) => {
    const asked: string[] = [];
    const services = Object.fromEntries(
      Object.entries(subgraphs).map(([name, subgraph]) => [name, served(name, subgraph, asked)]),
    );
    const document = parse(query);
    expect(validate(supergraph.apiSchema, document)).toEqual([]);
    const context = contextOf({ identity: { viewer: null, caller: 'router' } } as Parameters<typeof contextOf>[0]);
    const result = await executed(() =>
      compileOperation(supergraph, document, undefined).execute({ services, context, variables }),
    );
    const told = (result.errors ?? []).map(({ path, message }) => `${path?.join('.') ?? ''}: ${message}`);
    expect({
      data: JSON.parse(JSON.stringify(result.data ?? null)),
      errors: told.sort(),
      fetches: asked,
    }).toEqual({ data, errors: [...errors].sort(), fetches });
  });
}

/** What cannot be planned is refused as a whole. */
async function executed(execute: () => Promise<ExecutionResult>): Promise<ExecutionResult> {
  try {
    return await execute();
  } catch (error) {
    return { errors: [error as GraphQLError] };
  }
}

function compose(subgraphs: Readonly<Record<string, Subgraph>>): LoadedSupergraph {
  const { supergraphSdl, errors } = composeServices(
    Object.entries(subgraphs).map(([name, { sdl, link = LINK }]) => ({
      name,
      url: `http://${name}.invalid`,
      typeDefs: parse(link + sdl),
    })),
  );
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return loadSupergraph(supergraphSdl);
}

/** A subgraph in this process that writes down what it is asked, and refuses what is not valid. */
function served(
  name: string,
  { sdl, link = LINK, Query = {}, Mutation, entities = {} }: Subgraph,
  asked: string[],
): DataSource {
  const schema = buildSubgraphSchema([{ typeDefs: parse(link + sdl) }]);
  const field = schema.getQueryType()?.getFields()._entities;
  if (field)
    field.resolve = (_, { representations }: { representations: Values[] }) =>
      representations.map((representation) => found(entities, representation));
  const roots = { ...Query, ...Mutation };
  return {
    async process({ request: { query: text, variables } }) {
      asked.push(`${name} ${shown(text, variables)}`);
      const document = parse(text);
      const wrong = validate(schema, document);
      if (wrong.length > 0) throw new Error(`${name} cannot be asked ${text}: ${wrong.join()}`);
      const result = await execute({ schema, document, variableValues: variables, rootValue: roots, typeResolver });
      // As over HTTP: nothing is shared with the subgraph, and errors are plain.
      return JSON.parse(JSON.stringify(result));
    },
  };
}

const typeResolver = (value: unknown) => (value as { __typename?: string }).__typename;

/** The entity that agrees with a representation in all that both tell; what only the representation tells is added. */
function found(entities: Subgraph['entities'], representation: Values): unknown {
  const { __typename, ...given } = representation;
  const all = entities?.[__typename as string] ?? [];
  const one = all.find((each) => Object.keys(given).every((key) => !(key in each) || agrees(each[key], given[key])));
  if (one instanceof Error) throw one;
  return one ? { ...joined({ __typename, ...given }, one), [TOLD]: given } : null;
}

/** Objects in each other as well: a representation tells a part of what an entity holds. */
function joined(given: Values, known: Values): Values {
  const both: Record<string, unknown> = { ...given };
  for (const [name, value] of Object.entries(known))
    both[name] = isPlain(both[name]) && isPlain(value) ? joined(both[name], value) : value;
  return both;
}

const isPlain = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function agrees(known: unknown, given: unknown): boolean {
  if (typeof known === 'function') return true;
  if (typeof known !== 'object' || known === null || typeof given !== 'object' || given === null)
    return known === given;
  return Object.keys(given).every(
    (key) => key === '__typename' || !(key in known) || agrees((known as Values)[key], (given as Values)[key]),
  );
}

function shown(text: string, variables: Values): string {
  const counts = Object.entries(variables)
    .filter(([, value]) => Array.isArray(value) && value.every((each) => each?.__typename))
    .map(([name, value]) => [name, (value as unknown[]).length] as const);
  let body = text.replace(/^(query|mutation)\b[^{]*/, (_, kind: string) => (kind === 'mutation' ? 'mutation' : ''));
  for (const [name, count] of counts) body = body.replace(`_entities(representations:$${name})`, `${count}×`);
  const alone = /^\{(\d+×\{.*\})\}$/.exec(body)?.[1];
  return (alone ?? body).replace(/×\{/g, '× {');
}

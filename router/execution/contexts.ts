import type { FetchNode } from '@apollo/query-planner';
import { type GraphQLSchema, Kind, parse, print, stripIgnoredCharacters, visit } from 'graphql';
import { type Data, ownValue } from './data.ts';
import { type FetchTemplate, joinedTemplate } from './fetch-template.ts';
import { type TypeCondition, typeCondition } from './type-conditions.ts';

/** Arguments that a fetch takes from what holds its entities (`@fromContext`), and the request for several values of them. */
export interface Contexts {
  /** The arguments for an entity, by variable; `above` is what holds it, the answer's root first and itself last. */
  read(above: readonly Data[]): Data;
  /** A request with a list for each of so many values; in the list of that index a variable is called `named(it, index)`. */
  template(count: number): FetchTemplate;
  named(variable: string, index: number, count: number): string;
}

interface Source {
  readonly variable: string;
  /** How many objects up from the entity. */
  readonly up: number;
  readonly steps: readonly Step[];
}

type Step = { readonly field: string } | { readonly applies: TypeCondition };

const UP = '..';
const FRAGMENT = '... on ';
/** Entities have few different arguments as a rule; requests for more are made each time. */
const MAX_TEMPLATES = 64;

/** Made once for a fetch of a plan; null where it takes nothing from a context. */
export function contextsOf(schema: GraphQLSchema, fetch: FetchNode): Contexts | null {
  const { contextRewrites } = fetch;
  if (!contextRewrites?.length) return null;
  const sources = contextRewrites.map(({ path, renameKeyTo }): Source => {
    const up = path.filter((element) => element === UP).length;
    const steps = path
      .slice(up)
      .map(
        (element): Step =>
          element.startsWith(FRAGMENT)
            ? { applies: typeCondition(schema, element.slice(FRAGMENT.length)) }
            : { field: element },
      );
    return { variable: renameKeyTo, up, steps };
  });
  const variables = new Set(sources.map(({ variable }) => variable));
  const templates = new Map<number, FetchTemplate>();
  const named = (variable: string, index: number, count: number) => (count === 1 ? variable : `${variable}_${index}`);
  return {
    named,
    read(above) {
      const values: Data = {};
      for (const { variable, up, steps } of sources) {
        const value = valueAt(above[above.length - 1 - up], steps);
        // Of several types that may set a context, the one it is decides.
        if (value !== undefined) values[variable] = value;
      }
      return values;
    },
    template(count) {
      let template = templates.get(count);
      if (!template) {
        template = joinedTemplate(
          Array.from({ length: count }, (_, index) =>
            withNames(fetch, (name) => (variables.has(name) ? named(name, index, count) : name)),
          ),
        ).template;
        if (templates.size < MAX_TEMPLATES) templates.set(count, template);
      }
      return template;
    },
  };
}

function valueAt(value: unknown, steps: readonly Step[], depth = 0): unknown {
  const step = steps[depth];
  if (!step || value === null || value === undefined) return value;
  if (Array.isArray(value)) return value.map((each) => valueAt(each, steps, depth));
  if (typeof value !== 'object') return undefined;
  if ('field' in step) return valueAt(ownValue(value as Data, step.field), steps, depth + 1);
  const { __typename: typename } = value as Data;
  return !typename || step.applies(typename as string) ? valueAt(value, steps, depth + 1) : undefined;
}

function withNames(fetch: FetchNode, nameOf: (name: string) => string): FetchNode {
  const document = visit(parse(fetch.operation, { noLocation: true }), {
    Variable: ({ name }) => ({ kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: nameOf(name.value) } }),
  });
  return {
    ...fetch,
    operation: stripIgnoredCharacters(print(document)),
    variableUsages: (fetch.variableUsages ?? []).map(nameOf),
  };
}

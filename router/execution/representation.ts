import type { FetchNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { copied, type Data, mergeInto, ownValue, setOwnValue } from './data.ts';
import { rewriteOf } from './rewrites.ts';
import { type TypeCondition, typeCondition } from './type-conditions.ts';

/** What a subgraph needs to know of an entity, read from the answer so far. */
export interface Representation {
  /** Undefined where the answer lacks a part of it. Equal texts are equal representations. */
  text(entity: Data): string | undefined;
  /** What `text` says, as an object. */
  object(entity: Data): Data | undefined;
}

type Part =
  | {
      readonly kind: 'field';
      /** Where it stands in the answer. */
      readonly from: string;
      /** What the subgraph calls it. */
      readonly name: string;
      readonly label: string;
      readonly inner: readonly Part[] | null;
    }
  | { readonly kind: 'fragment'; readonly applies: TypeCondition; readonly parts: readonly Part[] };

/** Made once for a fetch of a plan, by its `requires`. */
export function representationOf(
  schema: GraphQLSchema,
  { requires = [], inputRewrites }: Pick<FetchNode, 'requires' | 'inputRewrites'>,
): Representation {
  const parts = partsOf(schema, requires);
  const rewrite = rewriteOf(schema, inputRewrites);
  const object = (entity: Data): Data | undefined => {
    const built = build(parts, entity);
    if (!built?.__typename) return undefined;
    rewrite?.(built);
    return built;
  };
  const flat = parts.length === 1 && !rewrite ? flatFields(parts[0] as Part) : null;
  if (!flat) return { object, text: (entity) => textOf(object(entity)) };
  return { object, text: (entity) => flatText(flat, entity) };
}

const textOf = (object: Data | undefined) => object && JSON.stringify(object);

function partsOf(schema: GraphQLSchema, selections: readonly QueryPlanSelectionNode[]): Part[] {
  return selections.flatMap((selection): Part[] => {
    if (selection.kind === 'Field') {
      const { name, alias: from = name, selections: inner } = selection;
      return [
        {
          kind: 'field',
          from,
          name,
          label: `${JSON.stringify(name)}:`,
          inner: inner ? partsOf(schema, inner) : null,
        },
      ];
    }
    const { typeCondition: condition } = selection;
    if (!condition) return [];
    return [
      { kind: 'fragment', applies: typeCondition(schema, condition), parts: partsOf(schema, selection.selections) },
    ];
  });
}

function build(parts: readonly Part[], source: Data | null): Data | null {
  if (source === null) return null;
  const result: Data = {};
  for (const part of parts) {
    if (part.kind === 'fragment') {
      if (!source.__typename || !part.applies(source.__typename as string)) continue;
      const more = build(part.parts, source);
      if (more) mergeInto(result, more);
      continue;
    }
    const value = ownValue(source, part.from);
    if (value === undefined) return null;
    // A copy: rewrites change it, and the subgraph may be in this process.
    setOwnValue(result, part.name, part.inner ? buildEach(part.inner, value) : copied(value));
  }
  return result;
}

const buildEach = (parts: readonly Part[], value: unknown): unknown =>
  Array.isArray(value) ? value.map((element) => buildEach(parts, element)) : build(parts, value as Data | null);

type FlatField = Extract<Part, { kind: 'field' }>;
interface Flat {
  readonly applies: TypeCondition;
  readonly fields: readonly FlatField[];
}

/** The common case: `... on Type { __typename id }`. */
function flatFields(part: Part): Flat | null {
  if (part.kind !== 'fragment') return null;
  const fields: FlatField[] = [];
  for (const each of part.parts) {
    if (each.kind !== 'field' || each.inner) return null;
    fields.push(each);
  }
  return fields.some(({ name }) => name === '__typename') ? { applies: part.applies, fields } : null;
}

function flatText({ applies, fields }: Flat, entity: Data): string | undefined {
  const { __typename: typename } = entity;
  if (!typename || !applies(typename as string)) return undefined;
  let text = '{';
  for (const { from, label } of fields) {
    const value = ownValue(entity, from);
    if (value === undefined) return undefined;
    text += (text.length > 1 ? ',' : '') + label + jsonOf(value);
  }
  return `${text}}`;
}

const PLAIN = /^[\w:.\- ]*$/;

/** Keys are short and plain as a rule: quoting those is a third of what `JSON.stringify` takes. */
const jsonOf = (value: unknown): string =>
  typeof value === 'string' && PLAIN.test(value) ? `"${value}"` : (JSON.stringify(value) ?? 'null');

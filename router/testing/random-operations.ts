import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';

export type Random = () => number;

/** The same numbers from 0 to 1 for the same text (mulberry32 over FNV-1a). */
export function randomOf(text: string): Random {
  let state = 2_166_136_261;
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 16_777_619);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface Spread {
  /** How deep selections go. */
  readonly depth: number;
  /** How many fields of an object are asked for, from 0 to 1. */
  readonly share: number;
}

interface Writing {
  readonly schema: GraphQLSchema;
  readonly random: Random;
  readonly spread: Spread;
  readonly fragments: string[];
}

/**
 * A valid operation over an API: aliases, fields asked for twice, fragments of every sort, `__typename`, interfaces and
 * unions, conditions, introspection beside data.
 */
export function randomOperation(
  schema: GraphQLSchema,
  random: Random,
  spread: Spread = { depth: 5, share: 0.45 },
): string {
  const mutation = schema.getMutationType();
  const chosen = mutation && random() < 0.2 ? mutation : schema.getQueryType()!;
  const kind = chosen === mutation ? 'mutation' : 'query';
  const writing: Writing = { schema, random, spread, fragments: [] };
  let asked = selection(writing, chosen, 0);
  if (kind === 'query' && random() < 0.03) asked = asked.replace('{', '{ about: __type(name: "Query") { name } ');
  const text = [asked, ...writing.fragments].join(' ');
  const variables = ['$yes: Boolean! = true', '$no: Boolean! = false'].filter((variable) =>
    text.includes(`${variable.split(':')[0]})`),
  );
  return `${kind} Random${variables.length > 0 ? `(${variables.join(', ')})` : ''} ${text}`;
}

const CONDITIONS = [' @include(if: $yes)', ' @skip(if: $no)', ' @include(if: $no)', ' @skip(if: $yes)'];

function selection(writing: Writing, type: GraphQLObjectType | GraphQLInterfaceType, depth: number): string {
  const { random, spread } = writing;
  const fields = Object.values(type.getFields());
  const share = depth === 0 ? 3 / fields.length : spread.share;
  const parts: string[] = [];
  for (const field of fields) {
    if (random() > share) continue;
    const inner = innerSelection(writing, field.type, depth);
    if (inner === null) continue;
    // Objects of several types may be asked for one name: it must stand for one field.
    const alias = random() < 0.08 ? `a_${field.name}: ` : '';
    const condition = random() < 0.03 ? CONDITIONS[Math.floor(random() * CONDITIONS.length)] : '';
    const asked = `${alias}${field.name}${argumentsOf(field.args)}${condition}${inner}`;
    parts.push(random() < 0.1 ? fragment(writing, type.name, asked) : asked);
  }
  if (parts.length === 0 || random() < 0.15) parts.push(random() < 0.2 ? 'a___typename: __typename' : '__typename');
  return `{ ${parts.join(' ')} }`;
}

function fragment({ random, fragments }: Writing, type: string, asked: string): string {
  const condition = random() < 0.05 ? ' @include(if: $yes)' : '';
  if (random() < 0.2) return `...${condition} { ${asked} }`;
  if (random() < 0.7) return `... on ${type}${condition} { ${asked} }`;
  const name = `F${fragments.length}`;
  fragments.push('');
  fragments[Number(name.slice(1))] = `fragment ${name} on ${type} { ${asked} }`;
  return `...${name}${condition}`;
}

/** Empty for leaves; null where the operation is deep enough. */
function innerSelection(writing: Writing, type: GraphQLOutputType, depth: number): string | null {
  const { schema, random, spread } = writing;
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (depth >= spread.depth) return null;
  if (!isAbstractType(named)) return ` ${selection(writing, named, depth + 1)}`;
  const parts = schema
    .getPossibleTypes(named)
    .filter(() => random() < 0.7)
    .map((possible) => `... on ${possible.name} ${selection(writing, possible, depth + 1)}`);
  if (isInterfaceType(named) && random() < 0.7) parts.push(selection(writing, named, depth + 1).slice(1, -1));
  if (parts.length === 0 || random() < 0.3) parts.push('__typename');
  return ` { ${parts.join(' ')} }`;
}

/** Equal for each use of a field within an operation, so that two uses never collide. */
function argumentsOf(args: readonly GraphQLArgument[]): string {
  const needed = args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  return needed.length === 0 ? '' : `(${needed.map(({ name, type }) => `${name}: ${literal(type)}`).join(', ')})`;
}

const LITERALS: Readonly<Record<string, string>> = { Int: '1', Float: '1.5', Boolean: 'true' };

function literal(type: GraphQLInputType): string {
  if (isNonNullType(type)) return literal(type.ofType);
  if (isListType(type)) return `[${literal(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (!isInputObjectType(type)) return LITERALS[type.name] ?? '"x1"';
  const needed = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
  return `{ ${needed.map((field) => `${field.name}: ${literal(field.type)}`).join(', ')} }`;
}

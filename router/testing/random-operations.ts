import {
  type GraphQLArgument,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
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

const DEPTH = 5;

/** A valid operation over an API: aliases, fields asked for twice, fragments, `__typename`, interfaces, conditions. */
export function randomOperation(schema: GraphQLSchema, random: Random): string {
  const mutation = schema.getMutationType();
  const chosen = mutation && random() < 0.2 ? mutation : schema.getQueryType()!;
  const kind = chosen === mutation ? 'mutation' : 'query';
  const asked = selection(schema, chosen, random, 0);
  const variables = ['$yes: Boolean! = true', '$no: Boolean! = false'].filter((variable) =>
    asked.includes(`${variable.split(':')[0]})`),
  );
  return `${kind} Random${variables.length > 0 ? `(${variables.join(', ')})` : ''} ${asked}`;
}

function selection(schema: GraphQLSchema, type: GraphQLObjectType, random: Random, depth: number): string {
  const share = depth === 0 ? 3 / Object.keys(type.getFields()).length : 0.45;
  const parts: string[] = [];
  for (const field of Object.values(type.getFields())) {
    const inner = innerSelection(schema, field.type, random, depth);
    if (random() > share || inner === null) continue;
    const alias = random() < 0.08 ? `a${parts.length}: ` : '';
    const condition = random() < 0.003 ? ' @include(if: $yes)' : random() < 0.003 ? ' @skip(if: $no)' : '';
    const asked = `${alias}${field.name}${argumentsOf(field.args)}${condition}${inner}`;
    parts.push(random() < 0.1 ? `... on ${type.name} { ${asked} }` : asked);
  }
  if (parts.length === 0 || random() < 0.15) parts.push(random() < 0.2 ? 'kind: __typename' : '__typename');
  return `{ ${parts.join(' ')} }`;
}

/** Empty for leaves; null where the operation is deep enough. */
function innerSelection(schema: GraphQLSchema, type: GraphQLOutputType, random: Random, depth: number): string | null {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (depth === DEPTH) return null;
  if (!isAbstractType(named)) return ` ${selection(schema, named, random, depth + 1)}`;
  const parts = schema
    .getPossibleTypes(named)
    .map((possible) => `... on ${possible.name} ${selection(schema, possible, random, DEPTH)}`);
  return ` { __typename ${parts.join(' ')} }`;
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

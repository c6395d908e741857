import { GraphQLError } from 'graphql';
import { isConcrete, type ObjectShape, type Shape } from './answer-shape.ts';
import { type Data, ownValue, setOwnValue } from './data.ts';
import type { Introspect } from './shape-answer.ts';

type Path = readonly (string | number)[];

/** What stands where a value is not as the schema has it; it has been told of, or a subgraph's error tells of it. */
const NULLED = Symbol('nulled');

/**
 * The answer where something is missing or wrong: null spreads to the next nullable place, and an error says why, unless
 * one that a subgraph gave already does. GraphQL's specification, 6.4.4 "Handling Field Errors". (The gateway puts these
 * errors into an extension, and drops them where there is any other.)
 */
export function completeAnswer(
  shape: ObjectShape,
  data: Data,
  introspect: Introspect,
  errors: GraphQLError[],
): Data | null {
  const given = errors.map(({ path }) => path);
  const path: (string | number)[] = [];

  const fail = (message: string) => {
    if (!given.some((known) => explains(known, path)))
      errors.push(new GraphQLError(message, { path: [...path], extensions: { code: 'INVALID_GRAPHQL' } }));
    return NULLED;
  };

  const object = (shape: ObjectShape, data: Data): Data | typeof NULLED => {
    const result: Data = {};
    for (const { name, from, shape: inner } of shape.fields) {
      path.push(name);
      let value: unknown;
      if (inner.kind === 'typename') {
        value = isConcrete(shape) ? shape.type.name : fail(`No subgraph says which ${shape.type.name} this is.`);
      } else if (inner.kind === 'introspection') value = introspect(inner.field);
      else value = complete(inner, ownValue(data, from), `${shape.type.name}.${name}`);
      path.pop();
      if (value === NULLED) return NULLED;
      setOwnValue(result, name, value);
    }
    return result;
  };

  /** `NULLED` where null may not stand. */
  const complete = (shape: Shape, value: unknown, field: string): unknown => {
    if (value == null) return shape.nullable ? null : fail(`Cannot return null for non-nullable field ${field}.`);
    const completed = completeValue(shape, value, field);
    return completed === NULLED && shape.nullable ? null : completed;
  };

  const completeValue = (shape: Shape, value: unknown, field: string): unknown => {
    if (shape.kind === 'leaf') return shape.isValid(value) ? value : fail(`Invalid value found for field ${field}.`);
    if (shape.kind === 'object') {
      if (typeof value !== 'object') return fail(`Invalid value found for field ${field}.`);
      const known = shape.shapeOf((value as Data).__typename as string | undefined);
      return known ? object(known, value as Data) : fail(`Invalid __typename found for object at field ${field}.`);
    }
    if (shape.kind !== 'list' || !Array.isArray(value)) return fail(`Invalid value found for field ${field}.`);
    let nulled = false;
    const list = value.map((element, index) => {
      path.push(index);
      const completed = complete(shape.of, element, field);
      path.pop();
      nulled ||= completed === NULLED;
      return completed;
    });
    return nulled ? NULLED : list;
  };

  const answer = object(shape, data);
  return answer === NULLED ? null : answer;
}

/** An error says why this is missing when it is of this place, of one above or below it, or of no place at all. */
function explains(known: Path | undefined, path: Path): boolean {
  if (!known) return true;
  const length = Math.min(known.length, path.length);
  for (let i = 0; i < length; i++) if (known[i] !== path[i]) return false;
  return true;
}

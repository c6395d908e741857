import { type FieldShape, isConcrete, type ObjectShape, type Shape } from './answer-shape.ts';
import { type Data, ownValue, setOwnValue } from './data.ts';

/** What `__schema` and `__type` answer: made of the API alone. */
export type Introspect = (field: Extract<Shape, { kind: 'introspection' }>['field']) => unknown;

const ODD = Symbol('odd');

/**
 * The answer out of all that the subgraphs said. Undefined where something is not as the schema has it: how far a null
 * spreads, and what is said of it, is then for `completeAnswer`, which keeps account of where it is.
 */
export function shapeAnswer(shape: ObjectShape, data: Data, introspect: Introspect): Data | undefined {
  const answer = shapeObject(shape, data, introspect);
  return answer === ODD ? undefined : answer;
}

function shapeObject(shape: ObjectShape, data: Data, introspect: Introspect): Data | typeof ODD {
  const result: Data = {};
  const { fields } = shape;
  for (let i = 0; i < fields.length; i++) {
    const { name, from, inherited, shape: inner } = fields[i] as FieldShape;
    if (inner.kind === 'leaf' && !inherited) {
      const value = data[from];
      if (value == null ? !inner.nullable : !inner.isValid(value)) return ODD;
      result[name] = value ?? null;
      continue;
    }
    let value: unknown;
    if (inner.kind === 'typename') {
      if (!isConcrete(shape)) return ODD;
      value = shape.type.name;
    } else if (inner.kind === 'introspection') value = introspect(inner.field);
    else {
      value = shapeValue(inner, ownValue(data, from), introspect);
      if (value === ODD) return ODD;
    }
    if (inherited) setOwnValue(result, name, value);
    else result[name] = value;
  }
  return result;
}

function shapeValue(shape: Shape, value: unknown, introspect: Introspect): unknown {
  if (value == null) return shape.nullable ? null : ODD;
  if (shape.kind === 'object') {
    if (typeof value !== 'object') return ODD;
    const object = shape.shapeOf((value as Data).__typename as string | undefined);
    return object ? shapeObject(object, value as Data, introspect) : ODD;
  }
  if (shape.kind === 'leaf') return shape.isValid(value) ? value : ODD;
  if (shape.kind !== 'list' || !Array.isArray(value)) return ODD;
  const list = new Array<unknown>(value.length);
  for (let i = 0; i < value.length; i++) {
    const element = shapeValue(shape.of, value[i], introspect);
    if (element === ODD) return ODD;
    list[i] = element;
  }
  return list;
}

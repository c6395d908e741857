/** An object of an answer. */
export type Data = Record<string, unknown>;

/**
 * What an answer has under a name, which may be any that GraphQL allows: what every object has from the start is a
 * function, which no answer holds, or `__proto__`.
 */
export function ownValue(data: Data, name: string): unknown {
  if (name === '__proto__' && !Object.hasOwn(data, name)) return undefined;
  const value = data[name];
  return typeof value === 'function' ? undefined : value;
}

export function setOwnValue(data: Data, name: string, value: unknown): void {
  if (name === '__proto__') {
    Object.defineProperty(data, name, { value, configurable: true, enumerable: true, writable: true });
  } else data[name] = value;
}

/**
 * Joins what a subgraph said of an object to what is known of it, as the gateway's `deepMerge` does. `take` is what
 * becomes of a value that was not known: itself, or a copy where it is joined elsewhere too.
 */
export function mergeInto(known: Data, said: Data, take: (value: unknown) => unknown = same): void {
  for (const name of Object.keys(said)) {
    const value = said[name];
    if (value === undefined) continue;
    if (typeof value !== 'object' || value === null) {
      setOwnValue(known, name, value);
      continue;
    }
    const present = ownValue(known, name);
    if (!present) setOwnValue(known, name, take(value));
    else if (present === value) continue;
    else if (!Array.isArray(value)) mergeInto(present as Data, value as Data, take);
    else if (Array.isArray(present) && present.length === value.length) mergeLists(present, value, take);
    else setOwnValue(known, name, take(value));
  }
}

const same = (value: unknown) => value;

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function mergeLists(known: unknown[], said: readonly unknown[], take: (value: unknown) => unknown): void {
  for (let i = 0; i < said.length; i++) {
    const present = known[i];
    const value = said[i];
    if (isObject(present) && isObject(value)) mergeInto(present, value, take);
    else known[i] = take(value);
  }
}

/** A copy that shares nothing with what it was made of. */
export function copied<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copied) as Value;
  const copy: Data = {};
  for (const name of Object.keys(value)) setOwnValue(copy, name, copied((value as Data)[name]));
  return copy as Value;
}

/** The objects at a path (`@` stands for every element of a list), each once; of shared ones there may be many ways to it. */
export function objectsAt(root: Data, path: readonly (string | number)[]): Data[] {
  let here: Iterable<unknown> = [root];
  for (const step of path) {
    const next = new Set<unknown>();
    for (const value of here) {
      const found = step === '@' ? value : ownValue(value as Data, step as string);
      if (step === '@' && Array.isArray(found)) {
        for (const element of found) if (typeof element === 'object' && element !== null) next.add(element);
      } else if (step !== '@' && typeof found === 'object' && found !== null) next.add(found);
    }
    if (next.size === 0) return [];
    here = next;
  }
  return [...here] as Data[];
}

/** The objects at a path, each with those on the way to it: the root first, itself last. */
export function eachAbove(
  root: Data,
  path: readonly (string | number)[],
  found: (object: Data, above: readonly Data[]) => void,
): void {
  const walk = (value: unknown, depth: number, above: readonly Data[]): void => {
    if (typeof value !== 'object' || value === null) return;
    const step = path[depth];
    if (Array.isArray(value)) {
      if (step === '@') for (const element of value) walk(element, depth + 1, above);
      return;
    }
    const here = [...above, value as Data];
    if (step === undefined) found(value as Data, here);
    else if (step !== '@') walk(ownValue(value as Data, step as string), depth + 1, here);
  };
  walk(root, 0, []);
}

/** Every way to an object at a path, for the errors that concern it. */
export function placesAt(
  root: Data,
  path: readonly (string | number)[],
  found: (object: Data, at: (string | number)[]) => void,
): void {
  const at: (string | number)[] = [];
  const walk = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return;
    const step = path[depth];
    if (step === undefined) found(value as Data, [...at]);
    else if (step !== '@') {
      at.push(step);
      walk(ownValue(value as Data, step as string), depth + 1);
      at.pop();
    } else if (Array.isArray(value)) {
      value.forEach((element, index) => {
        at.push(index);
        walk(element, depth + 1);
        at.pop();
      });
    }
  };
  walk(root, 0);
}

/** An object of an answer. */
export type Data = Record<string, unknown>;

/** Names that every object seems to have: what stands under them is the data's own only where it was put there. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype));

export const isInherited = (name: string): boolean => INHERITED.has(name);

/** What an answer has under a name, which may be any that GraphQL allows: `constructor` and `__proto__` too. */
export const ownValue = (data: Data, name: string): unknown =>
  INHERITED.has(name) && !Object.hasOwn(data, name) ? undefined : data[name];

export function setOwnValue(data: Data, name: string, value: unknown): void {
  if (INHERITED.has(name)) {
    Object.defineProperty(data, name, { value, configurable: true, enumerable: true, writable: true });
  } else data[name] = value;
}

const isObject = (value: unknown): value is Data =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Joins what a subgraph said of an object to what is known of it, as the gateway's `deepMerge` does. */
export function mergeInto(known: Data, said: Data): void {
  for (const name of Object.keys(said)) {
    const value = said[name];
    if (value === undefined) continue;
    const present = ownValue(known, name);
    if (!present || typeof value !== 'object' || value === null) setOwnValue(known, name, value);
    else if (present === value) continue;
    else if (!Array.isArray(value)) mergeInto(present as Data, value as Data);
    else if (Array.isArray(present) && present.length === value.length) mergeLists(present, value);
    else setOwnValue(known, name, value);
  }
}

function mergeLists(known: unknown[], said: readonly unknown[]): void {
  for (let i = 0; i < said.length; i++) {
    const present = known[i];
    const value = said[i];
    if (isObject(present) && isObject(value)) mergeInto(present, value);
    else known[i] = value;
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
  let here: unknown[] = [root];
  for (const step of path) {
    const next = new Set<unknown>();
    for (const value of here) {
      const found = step === '@' ? value : ownValue(value as Data, step as string);
      if (step === '@' && Array.isArray(found)) {
        for (const element of found) if (typeof element === 'object' && element !== null) next.add(element);
      } else if (step !== '@' && typeof found === 'object' && found !== null) next.add(found);
    }
    if (next.size === 0) return [];
    here = [...next];
  }
  return here as Data[];
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

import type { FetchNode } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type Data, ownValue, setOwnValue } from './data.ts';
import { type TypeCondition, typeCondition } from './type-conditions.ts';

/** Changes an object in place, by the plan: names of fields that collide, and types behind `@interfaceObject`. */
export type Rewrite = (object: unknown) => void;

type Step = { readonly field: string } | { readonly applies: TypeCondition };

const FRAGMENT = '... on ';

export function rewriteOf(schema: GraphQLSchema, rewrites: FetchNode['outputRewrites']): Rewrite | null {
  if (!rewrites?.length) return null;
  const each = rewrites.map((rewrite): Rewrite => {
    const field = rewrite.path.at(-1) as string;
    const steps = rewrite.path
      .slice(0, -1)
      .map(
        (element): Step =>
          element.startsWith(FRAGMENT)
            ? { applies: typeCondition(schema, element.slice(FRAGMENT.length)) }
            : { field: element },
      );
    const change =
      rewrite.kind === 'ValueSetter'
        ? (object: Data) => setOwnValue(object, field, rewrite.setValueTo)
        : (object: Data) => rename(object, field, rewrite.renameKeyTo);
    return (object) => applyAt(steps, 0, object, change);
  });
  return (object) => {
    for (const rewrite of each) rewrite(object);
  };
}

function rename(object: Data, from: string, to: string): void {
  const value = ownValue(object, from);
  if (value === undefined) return;
  setOwnValue(object, to, value);
  setOwnValue(object, from, undefined);
}

function applyAt(steps: readonly Step[], depth: number, value: unknown, change: (object: Data) => void): void {
  if (Array.isArray(value)) {
    for (const element of value) applyAt(steps, depth, element, change);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  const step = steps[depth];
  if (!step) change(value as Data);
  else if ('field' in step) applyAt(steps, depth + 1, ownValue(value as Data, step.field), change);
  else {
    const { __typename: typename } = value as Data;
    if (!typename || step.applies(typename as string)) applyAt(steps, depth + 1, value, change);
  }
}

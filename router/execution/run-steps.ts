import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import { inSpan } from '#platform/telemetry/traces.ts';
import type { RouterContext } from '../context.ts';
import type { DataSource } from '../data-source.ts';
import type { ClientNames } from './client-names.ts';
import type { Contexts } from './contexts.ts';
import { copied, type Data, eachAbove, mergeInto, objectsAt, placesAt } from './data.ts';
import {
  type EntitiesStep,
  type PreparedPart,
  type PreparedStep,
  type RootStep,
  templateFor,
} from './prepared-steps.ts';
import type { Representation } from './representation.ts';
import { subgraphError } from './subgraph-errors.ts';
import { type AskedEntities, SubgraphFetch } from './subgraph-fetch.ts';

export interface Run {
  readonly names: ClientNames;
  readonly services: Readonly<Record<string, DataSource>>;
  readonly context: RouterContext;
  /** As the client gave them, and were found to be right. */
  readonly variables: Data | undefined;
  /** All that is known so far; answers are joined into it. */
  readonly data: Data;
  /** Whether one entity at several places may be one object: not where arguments come from what holds it. */
  readonly sharesEntities: boolean;
  readonly errors: GraphQLError[];
}

/** Asks the subgraphs, each step as soon as those before it are done. Never rejects: what fails is in `errors`. */
export async function runSteps(steps: readonly PreparedStep[], run: Run): Promise<void> {
  const left = steps.map(({ waits }) => waits);
  const start = async (index: number): Promise<void> => {
    const step = steps[index] as PreparedStep;
    try {
      await runStep(step, run);
    } catch (error) {
      run.errors.push(error as GraphQLError);
    }
    const ready: number[] = [];
    for (const next of step.next) {
      const waits = (left[next] as number) - 1;
      left[next] = waits;
      if (waits === 0) ready.push(next);
    }
    if (ready.length > 0) await Promise.all(ready.map(start));
  };
  await Promise.all(steps.flatMap(({ waits }, index) => (waits === 0 ? [start(index)] : [])));
}

function runStep(step: PreparedStep, run: Run): Promise<void> {
  if (step.kind === 'root') return runRoot(step, run);
  const paths = () => ({ 'graphql.path': step.parts.map(({ path }) => path.join('.')) });
  return inSpan('Flatten', paths, () => runEntities(step, run));
}

async function runRoot(step: RootStep, run: Run): Promise<void> {
  const { path, outputRewrite, template } = step;
  const objects = objectsAt(run.data, path);
  if (objects.length === 0) return;
  const { data, errors } = await send(step, run, new SubgraphFetch(template, given(template.variables, run), []));
  for (const error of errors ?? [])
    run.errors.push(subgraphError(step.service, error, error.path && run.names.path([...path, ...error.path])));
  if (!data) return;
  outputRewrite?.(data);
  for (const [index, object] of objects.entries()) mergeInto(object, index === 0 ? data : copied(data));
}

/** The entities of one list, gathered from all the parts that share it. */
class Entities implements AskedEntities {
  readonly texts: string[] = [];
  readonly #firsts: { readonly representation: Representation; readonly entity: Data }[] = [];
  readonly #indexes = new Map<string, number>();

  add(representation: Representation, entity: Data): number | undefined {
    const text = representation.text(entity);
    if (text === undefined) return undefined;
    let index = this.#indexes.get(text);
    if (index === undefined) {
      index = this.texts.push(text) - 1;
      this.#indexes.set(text, index);
      this.#firsts.push({ representation, entity });
    }
    return index;
  }

  objects(): Data[] {
    return this.#firsts.map(({ representation, entity }) => representation.object(entity) as Data);
  }
}

/** Which entities of the answer a part asks about, and where each stands in its list. */
interface Asked {
  readonly part: PreparedPart;
  readonly objects: readonly Data[];
  readonly indexes: readonly number[];
}

async function runEntities(step: EntitiesStep, run: Run): Promise<void> {
  const [part] = step.parts as [PreparedPart];
  const { lists, asked, values } = step.contexts
    ? gatherByContext(part, step.contexts, run.data)
    : gatherByList(step, run.data);
  const filled = lists.flatMap(({ texts }, index) => (texts.length > 0 ? [index] : []));
  if (filled.length === 0) return;

  const template = step.contexts?.template(lists.length) ?? templateFor(step, filled);
  const entities = filled.map((index) => lists[index] as Entities);
  const variables = values ? { ...given(template.variables, run), ...values } : given(template.variables, run);
  const { data, errors } = await send(step, run, new SubgraphFetch(template, variables, entities));
  if (errors) {
    const partsOf = (alias: unknown) => {
      const list = filled[template.lists.findIndex((each) => each.alias === alias)];
      return asked.filter(({ part }) => part.list === list);
    };
    tellErrors(step.service, errors, partsOf, run);
  }
  if (!data) return;
  for (const [at, { alias }] of template.lists.entries()) {
    const list = filled[at] as number;
    const received = data[alias];
    const { length } = (lists[list] as Entities).texts;
    if (!Array.isArray(received)) throw new Error(`Expected "data.${alias}" in response to be an array`);
    if (received.length !== length) throw new Error(`Expected "data.${alias}" to contain ${length} elements`);
    join(
      received,
      asked.filter(({ part }) => part.list === list),
      run.sharesEntities,
    );
  }
}

interface Gathered {
  readonly lists: readonly Entities[];
  readonly asked: readonly Asked[];
  /** Variables that come from contexts. */
  readonly values?: Data;
}

function gatherByList(step: EntitiesStep, data: Data): Gathered {
  const lists = step.template.lists.map(() => new Entities());
  return { lists, asked: step.parts.map((part) => gather(part, lists[part.list] as Entities, data)) };
}

/** Entities with the same arguments are asked for in one list. */
function gatherByContext(part: PreparedPart, contexts: Contexts, data: Data): Gathered {
  const groups = new Map<string, { read: Data; list: Entities; objects: Data[]; indexes: number[] }>();
  eachAbove(data, part.path, (object, above) => {
    const read = contexts.read(above);
    const key = JSON.stringify(read);
    const group = groups.get(key) ?? { read, list: new Entities(), objects: [], indexes: [] };
    const index = group.list.add(part.representation, object);
    if (index === undefined) return;
    groups.set(key, group);
    group.objects.push(object);
    group.indexes.push(index);
  });
  const found = [...groups.values()];
  const values: Data = {};
  for (const [index, { read }] of found.entries())
    for (const name of Object.keys(read)) values[contexts.named(name, index, found.length)] = read[name];
  return {
    lists: found.map(({ list }) => list),
    asked: found.map(({ objects, indexes }, list) => ({ part: { ...part, list }, objects, indexes })),
    values,
  };
}

function gather(part: PreparedPart, list: Entities, data: Data): Asked {
  const objects: Data[] = [];
  const indexes: number[] = [];
  for (const object of objectsAt(data, part.path)) {
    const index = list.add(part.representation, object);
    if (index === undefined) continue;
    objects.push(object);
    indexes.push(index);
  }
  return { part, objects, indexes };
}

/**
 * Objects at one path that are the same entity may share what is said of it: whatever is fetched later is fetched for
 * all of that path alike, unless it depends on what holds them. Those at another path get copies.
 */
function join(received: readonly (Data | null)[], asked: readonly Asked[], shares: boolean): void {
  asked.forEach(({ part, objects, indexes }, turn) => {
    const last = turn === asked.length - 1;
    // All parts of a list have equal rewrites.
    if (turn === 0 && part.outputRewrite) for (const entity of received) part.outputRewrite(entity);
    for (let i = 0; i < objects.length; i++) {
      const entity = received[indexes[i] as number];
      if (entity) mergeInto(objects[i] as Data, entity, last && shares ? undefined : copied);
    }
  });
}

function given(names: readonly string[], { variables }: Run): Data {
  const picked: Data = {};
  if (variables)
    for (const name of names)
      if (Object.hasOwn(variables, name) && variables[name] !== undefined) picked[name] = variables[name];
  return picked;
}

type Answer = { readonly data?: Data | null; readonly errors?: readonly GraphQLFormattedError[] };

async function send({ service }: PreparedStep, { services, context }: Run, request: SubgraphFetch): Promise<Answer> {
  const source = services[service];
  if (!source) throw new Error(`Couldn't find service with name "${service}"`);
  return (await source.process({ request, context })) as Answer;
}

/** An error at an entity is told at each place where the client sees that entity. */
function tellErrors(
  service: string,
  errors: readonly GraphQLFormattedError[],
  partsOf: (alias: unknown) => readonly Asked[],
  { data, names, errors: told }: Run,
): void {
  for (const error of errors) {
    const [alias, index, ...rest] = error.path ?? [];
    if (typeof index !== 'number') {
      // It concerns all of the request, which has no place in the answer.
      told.push(subgraphError(service, error, undefined));
      continue;
    }
    for (const { part, objects, indexes } of partsOf(alias)) {
      const concerned = new Set(objects.filter((_, at) => indexes[at] === index));
      placesAt(data, part.path, (object, place) => {
        if (concerned.has(object)) told.push(subgraphError(service, error, names.path([...place, ...rest])));
      });
    }
  }
}

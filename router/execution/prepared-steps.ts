import type { PlanNode, ResponsePath } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type Contexts, contextsOf } from './contexts.ts';
import { type FetchTemplate, joinedTemplate, rootTemplate } from './fetch-template.ts';
import { type Representation, representationOf } from './representation.ts';
import { type Rewrite, rewriteOf } from './rewrites.ts';
import { type Step, scheduleOf, type Unit } from './schedule.ts';

/** One fetch of the plan within a request. */
export interface PreparedPart {
  readonly path: ResponsePath;
  readonly outputRewrite: Rewrite | null;
  /** Index of its list of entities. */
  readonly list: number;
  readonly representation: Representation;
}

interface Prepared {
  readonly service: string;
  readonly template: FetchTemplate;
  /** How many steps it waits for, and which wait for it. */
  readonly waits: number;
  readonly next: readonly number[];
}

/** Root fields, asked once and put at every object of the path. */
export interface RootStep extends Prepared {
  readonly kind: 'root';
  readonly path: ResponsePath;
  readonly outputRewrite: Rewrite | null;
}

/** Entities of one or more fetches. */
export interface EntitiesStep extends Prepared {
  readonly kind: 'entities';
  readonly parts: readonly PreparedPart[];
  /** Of a step that stands alone, as its arguments differ by what holds its entities. */
  readonly contexts: Contexts | null;
  /** The request where some lists have no entities, by the lists that have. */
  readonly templates: Map<string, FetchTemplate>;
  readonly units: readonly Unit[];
}

export type PreparedStep = RootStep | EntitiesStep;

/** All of a plan's requests that is known before the first answer. */
export function prepareSteps(plan: PlanNode, schema: GraphQLSchema): PreparedStep[] {
  const steps = scheduleOf(plan);
  return steps.map((step, index) => {
    const order = {
      service: step.service,
      waits: step.after.length,
      next: steps.flatMap(({ after }, later) => (after.includes(index) ? [later] : [])),
    };
    return prepareStep(step, order, schema);
  });
}

function prepareStep(
  { units }: Step,
  order: Pick<Prepared, 'service' | 'waits' | 'next'>,
  schema: GraphQLSchema,
): PreparedStep {
  const [{ fetch, path }] = units as [Unit];
  if (!fetch.requires) {
    const outputRewrite = rewriteOf(schema, fetch.outputRewrites);
    return { ...order, kind: 'root', template: rootTemplate(fetch), path, outputRewrite };
  }
  const { template, listOf } = joinedTemplate(units.map((unit) => unit.fetch));
  const parts = units.map((unit, index) => ({
    path: unit.path,
    outputRewrite: rewriteOf(schema, unit.fetch.outputRewrites),
    list: listOf[index] as number,
    representation: representationOf(schema, unit.fetch),
  }));
  const contexts = contextsOf(schema, fetch);
  return { ...order, kind: 'entities', template, parts, contexts, templates: new Map(), units };
}

/** The request for some of a step's lists: an empty list would be asked for nothing. */
export function templateFor(step: EntitiesStep, lists: readonly number[]): FetchTemplate {
  if (lists.length === step.template.lists.length) return step.template;
  const key = lists.join();
  let template = step.templates.get(key);
  if (!template) {
    const units = step.units.filter((_, index) => lists.includes((step.parts[index] as PreparedPart).list));
    template = joinedTemplate(units.map(({ fetch }) => fetch)).template;
    step.templates.set(key, template);
  }
  return template;
}

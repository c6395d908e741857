import type { FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner';

/** One fetch of the plan, and where in the answer it works. */
export interface Unit {
  readonly fetch: FetchNode;
  readonly path: ResponsePath;
}

/** Fetches that go out as one request, as soon as the steps before it are done. */
export interface Step {
  readonly service: string;
  readonly units: readonly Unit[];
  /** Indexes of steps that must be done first. */
  readonly after: readonly number[];
}

interface Node extends Unit {
  /** How many fetches must come one after the other before this one. */
  readonly level: number;
  readonly after: readonly Node[];
}

/**
 * A plan as steps. The planner puts a fetch under each path that it thought of; those of entities of the same subgraph
 * which may go out after equally many others go out together, so a subgraph is asked once a level. What leads to a step
 * is always of a lower level, so steps never wait for each other in a circle.
 */
export function scheduleOf(plan: PlanNode): Step[] {
  const nodes: Node[] = [];
  const add = (node: PlanNode, path: ResponsePath, after: readonly Node[]): readonly Node[] => {
    switch (node.kind) {
      case 'Fetch': {
        const level = 1 + Math.max(0, ...after.map((each) => each.level));
        const added: Node = { fetch: node, path, level, after };
        nodes.push(added);
        return [added];
      }
      case 'Flatten':
        return add(node.node, [...path, ...node.path], after);
      case 'Sequence':
        return node.nodes.reduce((before, each) => add(each, path, before), after);
      case 'Parallel':
        return node.nodes.flatMap((each) => add(each, path, after));
      default:
        throw new Error(`A plan with ${node.kind} cannot be executed.`);
    }
  };
  add(plan, [], []);

  const groups: Node[][] = [];
  const together = new Map<string, Node[]>();
  for (const node of nodes) {
    const key = mayJoin(node.fetch) ? `${node.level} ${node.fetch.serviceName}` : null;
    const group = key === null ? undefined : together.get(key);
    if (group) group.push(node);
    else {
      const own = [node];
      groups.push(own);
      if (key !== null) together.set(key, own);
    }
  }
  groups.sort(([a], [b]) => (a as Node).level - (b as Node).level);
  const stepOf = new Map(groups.flatMap((group, index) => group.map((node) => [node, index] as const)));
  return groups.map((group) => ({
    service: (group[0] as Node).fetch.serviceName,
    units: group.map(({ fetch, path }) => ({ fetch, path })),
    after: [...new Set(group.flatMap((node) => node.after.map((before) => stepOf.get(before) as number)))],
  }));
}

/** Only questions about entities: a null in one of two root fields could reach the other, and mutations keep their order. */
const mayJoin = ({ requires, operationKind, contextRewrites }: FetchNode): boolean =>
  requires !== undefined && operationKind === 'query' && !contextRewrites?.length;

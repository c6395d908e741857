import type { PlanNode } from '@apollo/query-planner';
import { type DocumentNode, visit } from 'graphql';

/** The variables that `@skip` and `@include` ask, in a fixed order: with their values known, a plan and a shape are fixed. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of given) if (value.kind === 'Variable') names.add(value.name.value);
    },
  });
  return [...names].sort();
}

export type Conditions = Readonly<Record<string, boolean>>;

/** The plan with its conditions decided; undefined where nothing is left. */
export function decided(node: PlanNode, conditions: Conditions): PlanNode | undefined {
  switch (node.kind) {
    case 'Condition': {
      const chosen = conditions[node.condition] ? node.ifClause : node.elseClause;
      return chosen && decided(chosen, conditions);
    }
    case 'Sequence':
    case 'Parallel': {
      const nodes = node.nodes.map((each) => decided(each, conditions)).filter((each) => each !== undefined);
      return nodes.length > 0 ? { ...node, nodes } : undefined;
    }
    case 'Flatten': {
      const inner = decided(node.node, conditions);
      return inner && { ...node, node: inner };
    }
    default:
      return node;
  }
}

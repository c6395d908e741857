import {
  type ASTNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type CachePolicy, NOT_CACHEABLE, restricted } from '#platform/cache/cache-policy.ts';
import type { CacheHint } from './cache-control.ts';

/** What restricts a field to some viewers: then its value is no answer for everybody, whatever its hint. */
const GUARDS = new Set(['authenticated', 'requiresScopes', 'policy', 'inaccessible']);

/**
 * The policy of an operation by the hints of its schema, by the rules of Apollo Server's cache control plugin. It looks
 * at the text alone, once, and so counts all that may be selected, on every type that an abstract one may be.
 */
export function policyOfOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
): CachePolicy {
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'query') return NOT_CACHEABLE;
  const root = schema.getQueryType();
  if (!root) return NOT_CACHEABLE;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions)
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);

  let policy: CachePolicy = { maxAgeSeconds: Number.POSITIVE_INFINITY, scope: 'PUBLIC', explicit: true };
  const restrict = (hint: CacheHint): void => {
    policy = restricted(policy, {
      maxAgeSeconds: hint.maxAge ?? Number.POSITIVE_INFINITY,
      scope: hint.scope ?? 'PUBLIC',
      explicit: true,
    });
  };

  const visitField = (node: FieldNode, parent: GraphQLNamedType): void => {
    const name = node.name.value;
    // An entity's policy is that of its type: each fragment within says of which.
    if (name === '_entities' && parent === root) {
      visitEntities(node.selectionSet);
      return;
    }
    const concerned = isInterfaceType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
    const fields = concerned.flatMap((type) =>
      isObjectType(type) || isInterfaceType(type) ? (type.getFields()[name] ?? []) : [],
    );
    for (const field of fields) restrict(hintOfField(field, parent === root));
    const [field] = fields;
    if (field && node.selectionSet) visit(node.selectionSet, getNamedType(field.type));
  };

  const visit = (set: SelectionSetNode, parent: GraphQLNamedType): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) visitField(selection, parent);
      else {
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        const condition = fragment?.typeCondition?.name.value;
        if (fragment) visit(fragment.selectionSet, (condition ? schema.getType(condition) : undefined) ?? parent);
      }
    }
  };

  const hintOfField = (field: { type: unknown; astNode?: unknown }, isRoot: boolean): CacheHint => {
    const type = getNamedType(field.type as GraphQLObjectType);
    const composite = isCompositeType(type);
    const ofType = composite ? hintOfType(schema, type) : {};
    const own = hintOf(field.astNode as ASTNode | undefined);
    const { maxAge = ofType.maxAge, scope = ofType.scope } = own;
    const inherits = own.inheritMaxAge ?? (ofType.inheritMaxAge && own.maxAge === undefined);
    const least = maxAge ?? ((composite && !inherits) || isRoot ? 0 : undefined);
    return { ...(least === undefined ? {} : { maxAge: least }), ...(scope ? { scope } : {}) };
  };

  const visitEntities = (set: SelectionSetNode | undefined): void => {
    for (const selection of set?.selections ?? []) {
      const condition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition?.name.value : undefined;
      const type = condition && schema.getType(condition);
      if (selection.kind === Kind.FIELD) continue;
      if (!type || selection.kind !== Kind.INLINE_FRAGMENT) restrict({ maxAge: 0 });
      else {
        restrict({ maxAge: 0, ...hintOfType(schema, type) });
        visit(selection.selectionSet, type);
      }
    }
  };

  visit(operation.selectionSet, root);
  return Number.isFinite(policy.maxAgeSeconds) ? policy : NOT_CACHEABLE;
}

/** Of a type, and where it is abstract of all that it may be. */
function hintOfType(schema: GraphQLSchema, type: GraphQLNamedType): CacheHint {
  const own = hintOf(type.astNode);
  if (!isAbstractType(type) || own.scope === 'PRIVATE') return own;
  const isPrivate = schema.getPossibleTypes(type).some((each) => hintOf(each.astNode).scope === 'PRIVATE');
  return isPrivate ? { ...own, scope: 'PRIVATE' } : own;
}

function hintOf(node: ASTNode | null | undefined): CacheHint {
  const directives = (node as { directives?: readonly DirectiveNode[] } | null | undefined)?.directives ?? [];
  const said: Record<string, unknown> = {};
  for (const { name, arguments: given = [] } of directives) {
    if (GUARDS.has(name.value)) said.scope = 'PRIVATE';
    if (name.value !== 'cacheControl') continue;
    for (const { name: argument, value } of given)
      if (value.kind === Kind.INT) said.maxAge = Number(value.value);
      else if (value.kind === Kind.ENUM) said.scope ??= value.value;
      else if (value.kind === Kind.BOOLEAN && value.value) said[argument.value] = true;
  }
  return said as CacheHint;
}

import { type GraphQLSchema, isAbstractType } from 'graphql';

/** Whether an object that says it is of a type meets a condition. */
export type TypeCondition = (typename: string) => boolean;

/** `... on Type`, made into a set of names once; an object may also say the name of an interface (`@interfaceObject`). */
export function typeCondition(schema: GraphQLSchema, name: string): TypeCondition {
  const type = schema.getType(name);
  if (!isAbstractType(type)) return (typename) => typename === name;
  const { objects, interfaces } =
    'getInterfaces' in type
      ? schema.getImplementations(type)
      : { objects: schema.getPossibleTypes(type), interfaces: [] };
  const names = new Set([name, ...objects.map((each) => each.name), ...interfaces.map((each) => each.name)]);
  return (typename) => names.has(typename);
}

import { Field } from 'type-graphql';

/**
 * A field that a method of its `simpleResolvers` object answers from what the object holds: graphql-js calls it with
 * the arguments, the context and the info, so its first parameter is `@Args(() => …)`. Nothing of type-graphql runs in
 * between, which a list asks for hundreds of prices and picture addresses.
 * What it answers must come from instances of the class.
 */
export const MethodField =
  (...type: Parameters<typeof Field>): MethodDecorator =>
  (target, name) =>
    // Without the descriptor, type-graphql takes it for a property and leaves it to graphql-js.
    Field(...type)(target, name);

import {
  type ASTVisitor,
  GraphQLError,
  Kind,
  type ListValueNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/** JSON that is nested deeper than this was written to be deep; reading it again would end in a full stack. */
const MAX_NESTING = 64;

/** Refuses long lists that stand in the document itself. */
export const listLiteralsRule =
  (listItems: number): ValidationRule =>
  (context: ValidationContext): ASTVisitor => ({
    [Kind.LIST](list: ListValueNode) {
      if (list.values.length > listItems) context.reportError(tooLong(list.values.length, listItems));
    },
  });

/** The same for variables, before they are coerced. Walks without recursion. */
export function wrongVariables(variables: Readonly<Record<string, unknown>>, listItems: number): GraphQLError | null {
  const waiting: { readonly value: unknown; readonly depth: number }[] = [{ value: variables, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > MAX_NESTING) return badInput('The variables are nested too deeply.');
    if (Array.isArray(value) && value.length > listItems) return tooLong(value.length, listItems);
    for (const inner of Object.values(value)) waiting.push({ value: inner, depth: depth + 1 });
  }
  return null;
}

const tooLong = (length: number, listItems: number) =>
  badInput(`A list of the input has ${length} elements; at most ${listItems} are allowed.`);

const badInput = (message: string) => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT' } });

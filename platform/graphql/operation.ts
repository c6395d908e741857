/**
 * An operation that a subgraph offers to the others, typed by hand beside it: what stands in `contracts/`. The query
 * text selects only what its callers need.
 */
export interface Operation<Result, Variables> {
  readonly subgraph: string;
  readonly query: string;
  /** Only for the type checker. */
  readonly types?: (variables: Variables) => Result;
}

export const operation = <Result, Variables>(subgraph: string, query: string): Operation<Result, Variables> => ({
  subgraph,
  query,
});

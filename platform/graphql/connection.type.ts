import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { CacheControl } from './cache-control.ts';

@Directive('@shareable')
@CacheControl({ inheritMaxAge: true })
@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor?: string | null;

  @Field(() => String, { nullable: true })
  endCursor?: string | null;
}

/** A Relay connection: what every list of the API answers. Pass the classes of the node. */
export function connectionOf<Node extends object>(name: string, node: () => new (...args: never[]) => Node) {
  @CacheControl({ inheritMaxAge: true })
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => node())
    node!: Node;

    @Field(() => String)
    cursor!: string;
  }

  @CacheControl({ inheritMaxAge: true })
  @ObjectType(`${name}Connection`)
  class Connection {
    @Field(() => [node()])
    nodes!: Node[];

    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;

    @Field(() => Int)
    totalCount!: number;
  }

  return { Edge, Connection };
}

export interface Page<Node> {
  nodes: Node[];
  edges: { node: Node; cursor: string }[];
  pageInfo: PageInfo;
  totalCount: number;
}

/** `rows` holds one more than `first` where there is a next page. */
export function page<Node>(
  rows: Node[],
  options: { first: number; after?: string | null | undefined; totalCount: number; cursor: (node: Node) => string },
): Page<Node> {
  const nodes = rows.slice(0, options.first);
  const edges = nodes.map((node) => ({ node, cursor: options.cursor(node) }));
  return {
    nodes,
    edges,
    totalCount: options.totalCount,
    pageInfo: {
      hasNextPage: rows.length > options.first,
      hasPreviousPage: Boolean(options.after),
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** At most 100 a page, as the contract has it. */
export function pageSize(first: number | null | undefined, field = 'first', most = 100): number {
  const size = first ?? 20;
  if (size < 0 || size > most)
    throw new Denied('BAD_USER_INPUT', `${field} must be between 0 and ${most}; ask for the rest with after.`);
  return size;
}

/** A keyset cursor: the sort values of a row, opaque to clients. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString('base64url');

/** The values of a cursor; a forged or stale one is refused with the field's name. */
export function decodeCursor(cursor: string, length: number, field = 'after'): (string | number)[] {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (
      Array.isArray(values) &&
      values.length === length &&
      values.every((v) => typeof v === 'string' || typeof v === 'number')
    ) {
      return values;
    }
  } catch {
    // Falls through to the one refusal below.
  }
  throw new Denied('BAD_USER_INPUT', `${field} is no cursor of this list; pass an endCursor that this list gave.`);
}

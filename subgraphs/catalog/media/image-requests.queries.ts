import { Arg, Ctx, Directive, Field, ID, Int, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { connectionOf, decodeCursor, encodeCursor, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from '../database.ts';
import { editorOf } from '../editing/editor.ts';

export enum ImageRequestState {
  /** It is an image of its product. */
  ADDED = 'ADDED',
  /** It will be fetched, or tried again. */
  WAITING = 'WAITING',
  /** It was given up; asked for again, as by the same import, it is tried again. */
  FAILED = 'FAILED',
}
registerEnumType(ImageRequestState, {
  name: 'ImageRequestState',
  valuesConfig: {
    ADDED: { description: 'It is an image of its product.' },
    WAITING: { description: 'It will be fetched, or tried again.' },
    FAILED: { description: 'It was given up; asked for again, as by the same import, it is tried again.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A picture that was to be fetched from an address.' })
export class ImageRequest {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  productId!: string;

  @Field(() => String)
  url!: string;

  @Field(() => ImageRequestState)
  state!: ImageRequestState;

  @Field(() => Int)
  tries!: number;

  @Field(() => String, { nullable: true, description: 'Why it was given up, or the last try failed.' })
  failure!: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it is tried next.' })
  dueAt!: Date | null;
}

@ObjectType({ simpleResolvers: true })
export class ImageRequestConnection extends connectionOf('ImageRequest', () => ImageRequest).Connection {}

@Resolver()
export class ImageRequests {
  @RequiresScopes('products:write')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => ImageRequestConnection, {
    nullable: true,
    description: 'Pictures by address of products that you may edit, the latest asked for first. products:write',
  })
  async imageRequests(
    @Ctx() context: Context,
    @Arg('state', () => ImageRequestState, { nullable: true }) state?: ImageRequestState | null,
    @Arg('productId', () => ID, { nullable: true }) productId?: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    const { sellerIds } = await editorOf(context);
    const size = pageSize(first);
    const [before = null] = after == null ? [] : decodeCursor(after, 1);
    if (before !== null && (typeof before !== 'string' || before.includes('\0')))
      throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
    const rows = productId?.includes('\0')
      ? []
      : await list(sellerIds, state ?? null, productId ?? null, before, size + 1);
    return page(rows, {
      first: size,
      after,
      totalCount: rows[0]?.total ?? 0,
      cursor: ({ id }) => encodeCursor([id]),
    });
  }
}

const list = database.statement<ImageRequest & { total: number }>(
  'catalog.image-requests',
  `WITH mine AS (
     SELECT r.*, CASE WHEN image_id IS NOT NULL THEN 'ADDED' WHEN due_at IS NOT NULL THEN 'WAITING' ELSE 'FAILED' END AS state
     FROM image_request r WHERE ($3::text IS NULL OR product_id = $3)
       AND EXISTS (SELECT FROM product p WHERE p.id = r.product_id AND p.deleted_at IS NULL
         AND ($1::text[] IS NULL OR p.seller_id = ANY($1)))),
   asked AS (SELECT * FROM mine WHERE $2::text IS NULL OR state = $2)
   SELECT id, product_id AS "productId", url, state, tries, failure, due_at AS "dueAt", (SELECT count(*)::int FROM asked) AS total
   FROM asked WHERE $4::text IS NULL OR id < $4 ORDER BY id DESC LIMIT $5::int`,
  'values',
);

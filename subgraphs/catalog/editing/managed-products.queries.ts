import { Arg, Ctx, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Denied } from '#platform/errors/denied.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { connectionOf, decodeCursor, encodeCursor, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from '../database.ts';
import { PRODUCT_COLUMNS } from '../product.loaders.ts';
import { Product, ProductConnection, type ProductRow } from '../product.type.ts';
import type { Difference } from '../rules/differences.ts';
import { editorOf } from './editor.ts';

@ObjectType({
  simpleResolvers: true,
  description: 'What of a thing was changed; null where there was, or is, nothing.',
})
export class FieldChange {
  @Field(() => String, { description: 'e.g. `title`, `variants.MUG-OAT.price`; money is in minor units.' })
  field!: string;

  @Field(() => String, { nullable: true })
  before!: string | null;

  @Field(() => String, { nullable: true })
  after!: string | null;
}

@ObjectType({ simpleResolvers: true })
export class CatalogChange {
  @Field(() => ID)
  id!: string;

  @Field(() => ID, { description: 'Of the product or category.' })
  subjectId!: string;

  @Field(() => String, { description: 'e.g. CREATED, UPDATED, PUBLISHED.' })
  deed!: string;

  @Field(() => ID, { nullable: true, description: "A customer's; null where the shop did it by itself." })
  actorId!: string | null;

  @Field(() => String, { nullable: true, description: '`import` or `schedule`; null when it was by hand.' })
  source!: string | null;

  @Field(() => [FieldChange])
  fields!: Difference[];

  @Field(() => DateTimeScalar)
  at!: Date;
}

@ObjectType({ simpleResolvers: true })
export class CatalogChangeConnection extends connectionOf('CatalogChange', () => CatalogChange).Connection {}

@Resolver()
export class ManagedProducts {
  @RequiresScopes('products:write')
  @Query(() => Product, { nullable: true, description: 'A product of yours, published or not. products:write' })
  async managedProduct(@Arg('id', () => ID) id: string, @Ctx() context: Context): Promise<Product | null> {
    const { sellerIds } = await editorOf(context);
    const [row] = id.includes('\0') ? [] : await one(sellerIds, id);
    return row ? new Product(row) : null;
  }

  @RequiresScopes('products:write')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => ProductConnection, {
    nullable: true,
    description: 'The products that you may edit, the newest first, published or not. products:write',
  })
  async managedProducts(
    @Ctx() context: Context,
    @Arg('published', () => Boolean, { nullable: true }) published?: boolean | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    const { sellerIds } = await editorOf(context);
    const size = pageSize(first);
    const rows = await list(sellerIds, published ?? null, after == null ? null : keyOf(after), size + 1);
    return page(
      rows.map((row) => new Product(row)),
      { first: size, after, totalCount: rows[0]?.total ?? 0, cursor: ({ id }) => encodeCursor([id]) },
    );
  }

  @RequiresScopes('products:write')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => CatalogChangeConnection, {
    nullable: true,
    description:
      'Who changed what of a product that you may edit, or, with catalog:write, of anything in the catalog; the latest first. products:write',
  })
  async catalogChanges(
    @Ctx() context: Context,
    @Arg('subjectId', () => ID, { nullable: true }) subjectId?: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    const { sellerIds } = await editorOf(context);
    const size = pageSize(first);
    const id = after == null ? null : keyOf(after);
    if (id !== null && !/^\d{1,18}$/.test(id)) throw noCursor();
    if (subjectId?.includes('\0')) return page([], { first: size, totalCount: 0, cursor: () => '' });
    const rows = await changes(sellerIds, subjectId ?? null, id, size + 1);
    const shown = rows.map((row) => ({ ...row, id: String(row.id) }));
    return page(shown, {
      first: size,
      after,
      totalCount: rows[0]?.total ?? 0,
      cursor: (row) => encodeCursor([row.id]),
    });
  }
}

function keyOf(after: string): string {
  const [key] = decodeCursor(after, 1);
  if (typeof key === 'string' && !key.includes('\0')) return key;
  throw noCursor();
}

const noCursor = () =>
  new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');

const MINE = `p.deleted_at IS NULL AND ($1::text[] IS NULL OR p.seller_id = ANY($1))`;

const one = database.statement<ProductRow>(
  'catalog.managed-product',
  `SELECT ${PRODUCT_COLUMNS} FROM product p JOIN seller s ON s.id = p.seller_id
   WHERE p.id = $2 AND ${MINE}`,
);

const list = database.statement<ProductRow & { total: number }>(
  'catalog.managed-products',
  `SELECT ${PRODUCT_COLUMNS},
     (SELECT count(*)::int FROM product p WHERE ${MINE} AND ($2::boolean IS NULL OR p.published = $2)) AS total
   FROM product p JOIN seller s ON s.id = p.seller_id
   WHERE ${MINE} AND ($2::boolean IS NULL OR p.published = $2) AND ($3::text IS NULL OR p.id < $3)
   ORDER BY p.id DESC LIMIT $4::int`,
  'values',
);

const changes = database.statement<Omit<CatalogChange, 'id'> & { id: bigint; total: number }>(
  'catalog.changes',
  `WITH mine AS (
     SELECT c.* FROM change c WHERE ($2::text IS NULL OR c.subject = $2)
       AND ($1::text[] IS NULL OR EXISTS (SELECT FROM product p WHERE p.id = c.subject AND p.seller_id = ANY($1))))
   SELECT id, subject AS "subjectId", deed, actor_id AS "actorId", source, fields, at, (SELECT count(*)::int FROM mine) AS total
   FROM mine WHERE $3::bigint IS NULL OR id < $3 ORDER BY id DESC LIMIT $4::int`,
  'values',
);

import { Arg, Directive, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { Internal } from '#platform/graphql/access.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { database } from './database.ts';

const MOST = 500;

@Directive('@inaccessible')
@ObjectType({ simpleResolvers: true, description: 'By what a product is compared with others.' })
export class ProductTraits {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean)
  published!: boolean;

  @Field(() => String)
  title!: string;

  @Field(() => ID, { nullable: true })
  categoryId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The category above its own, or its own where there is none above.' })
  aisleId?: string | null;

  @Field(() => [String], { description: 'Of its category and all above it.' })
  categoryTitles!: string[];

  @Field(() => String, { nullable: true })
  brand?: string | null;

  @Field(() => [String])
  tags!: string[];

  @Field(() => String, { description: "What its cheapest variant costs, in minor units of the shop's currency." })
  priceMinor!: string;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => Int, { description: 'Grows with every change.' })
  version!: number;
}

const TRAITS = `SELECT p.id, p.published, p.title, p.category_id AS "categoryId", p.brand, p.tags,
  (SELECT coalesce(c.parent_id, c.id) FROM category c WHERE c.id = p.category_id) AS "aisleId",
  ARRAY(SELECT c.title FROM category c WHERE c.id = ANY(p.category_ids)) AS "categoryTitles",
  p.min_price::text AS "priceMinor", p.created_at AS "createdAt", p.version FROM product p`;

const byIds = database.statement<ProductTraits>('catalog.traits', `${TRAITS} WHERE p.id = ANY($1::text[])`);
const inTurn = database.statement<ProductTraits>(
  'catalog.all-traits',
  `${TRAITS} WHERE p.id > $1 ORDER BY p.id LIMIT $2::int`,
);

@Resolver()
export class ProductTraitsQueries {
  @Internal()
  @Query(() => [ProductTraits], { description: 'Those that there are, unpublished ones too; at most 500.' })
  productTraits(@Arg('ids', () => [ID]) ids: string[]): Promise<ProductTraits[]> {
    return byIds(ids.slice(0, MOST));
  }

  @Internal()
  @Query(() => [ProductTraits], { description: 'Of all products, in the order of their ids.' })
  allProductTraits(
    @Arg('after', () => ID, { nullable: true }) after: string | null,
    @Arg('first', () => Int) first: number,
  ): Promise<ProductTraits[]> {
    return inTurn(after ?? '', Math.min(first, MOST));
  }
}

import { Arg, Ctx, Directive, Field, ID, InputType, Int, Mutation, Query, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Denied } from '#platform/errors/denied.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import { decodeCursor, encodeCursor, page, pageSize } from '#platform/graphql/connection.type.ts';
import type { Context } from '#platform/graphql/context.ts';
import { DateTimeScalar } from '#platform/graphql/scalars.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { productsOnSale } from '#subgraphs/catalog/contracts/products-on-sale.ts';
import { AD_COLUMNS, type AdRecord, toPlacedAd } from './ad.records.ts';
import { AdPayload, type PlacedAd, PlacedAdConnection } from './ad.type.ts';
import { database } from './database.ts';
import { newAd } from './rules/new-ad.ts';

@InputType()
export class AdCreateInput {
  @Field(() => String, { description: 'Plain text of at most 140 letters.' })
  text!: string;

  @Field(() => ID, { nullable: true })
  productId?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'As `cart`, `home` or `category:teapots`; everywhere when there are none.',
  })
  contexts?: string[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Now when it is left out.' })
  startsAt?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  endsAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'How often it may be shown at most.' })
  impressions?: number | null;
}

@InputType()
export class AdEndInput {
  @Field(() => ID)
  adId!: string;
}

@Resolver()
export class PlaceAds {
  @RequiresScopes('ads:write')
  @Mutation(() => AdPayload, { description: 'ads:write' })
  adCreate(@Arg('input', () => AdCreateInput) input: AdCreateInput, @Ctx() context: Context) {
    return payload(() => createAd(context, input));
  }

  @RequiresScopes('ads:write')
  @Mutation(() => AdPayload, { description: 'Nobody is shown it from now on. Ending it twice is harmless. ads:write' })
  adEnd(@Arg('input', () => AdEndInput) input: AdEndInput, @Ctx() _context: Context) {
    return payload(() => endAd(input));
  }

  @RequiresScopes('ads:write')
  @Directive(
    '@listSize(slicingArguments: ["first"], sizedFields: ["nodes", "edges"], requireOneSlicingArgument: false)',
  )
  @Query(() => PlacedAdConnection, { nullable: true, description: 'The newest first, ended ones too. ads:write' })
  async placedAds(
    @Ctx() _context: Context,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20 }) first?: number | null,
    @Arg('after', () => String, { nullable: true }) after?: string | null,
  ) {
    const size = pageSize(first);
    const [at, id] = after == null ? [null, null] : keyset(after);
    const rows = await list(at, id, size + 1);
    const cursors = new Map<PlacedAd, string>();
    const placed = rows.map((row) => {
      const ad = toPlacedAd(row);
      cursors.set(ad, encodeCursor([row.created_at.toISOString(), row.id]));
      return ad;
    });
    const total = rows[0]?.total ?? 0;
    return page(placed, { first: size, after, totalCount: total, cursor: (ad) => cursors.get(ad)! });
  }
}

const insert = database.statement<AdRecord>(
  'discovery.create-ad',
  `INSERT INTO ad (id, text, product_id, contexts, starts_at, ends_at, impressions, created_by)
   VALUES ($1, $2, $3, $4::text[], $5, $6, $7, $8) RETURNING ${AD_COLUMNS}`,
);
const end = database.statement<AdRecord>(
  'discovery.end-ad',
  `UPDATE ad SET ends_at = least(ends_at, now()) WHERE id = $1 RETURNING ${AD_COLUMNS}`,
);
const list = database.statement<AdRecord & { total: number }>(
  'discovery.list-ads',
  `SELECT ${AD_COLUMNS}, (SELECT count(*)::int FROM ad) AS total FROM ad
   WHERE $1::timestamptz IS NULL OR (created_at, id) < ($1, $2::text) ORDER BY created_at DESC, id DESC LIMIT $3::int`,
);

async function createAd(context: Context, input: AdCreateInput) {
  const { text, contexts, startsAt, endsAt, impressions } = newAd(input, new Date());
  const { customerId } = context.signedIn();
  const productId = input.productId ?? null;
  if (productId !== null) await requireProduct(context, productId);
  const [record] = await insert(newId('ad'), text, productId, contexts, startsAt, endsAt, impressions, customerId);
  return { placed: toPlacedAd(record!) };
}

async function requireProduct(context: Context, productId: string): Promise<void> {
  const isId = productId.length <= 100 && !productId.includes('\0');
  const [product] = isId ? (await context.ask(productsOnSale, { ids: [productId] })).productsByIds : [];
  if (!product) throw new Refusal('PRODUCT_NOT_FOUND', 'There is no such product.', { path: ['input', 'productId'] });
}

async function endAd({ adId }: AdEndInput) {
  const [record] = adId.includes('\0') ? [] : await end(adId);
  if (!record) throw new Refusal('AD_NOT_FOUND', 'There is no such ad.', { path: ['input', 'adId'] });
  return { placed: toPlacedAd(record) };
}

function keyset(after: string): [string, string] {
  const [at, id] = decodeCursor(after, 2);
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at)) && !id.includes('\0'))
    return [at, id];
  throw new Denied('BAD_USER_INPUT', 'after is no cursor of this list; pass an endCursor that this list gave.');
}

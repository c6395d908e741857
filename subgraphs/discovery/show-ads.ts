import { Arg, Ctx, Directive, Int, Query, Resolver } from 'type-graphql';
import type { Context } from '#platform/graphql/context.ts';
import { type AdRecord, toAd } from './ad.records.ts';
import { Ad } from './ad.type.ts';
import { database } from './database.ts';
import { within } from './rules/limits.ts';

const MOST_ADS = 5;
const MOST_CONTEXTS = 10;

@Resolver()
export class ShowAds {
  @Directive('@listSize(slicingArguments: ["limit"], requireOneSlicingArgument: false)')
  @Query(() => [Ad], {
    nullable: true,
    description:
      'Ads for a place, as `cart` or `category:teapots`: first those made for it, then those for everywhere. Each answer counts as shown.',
  })
  async ads(
    @Ctx() _context: Context,
    @Arg('context', () => [String], { nullable: true }) context?: string[] | null,
    @Arg('limit', () => Int, { nullable: true, defaultValue: 1 }) limit?: number | null,
  ): Promise<Ad[]> {
    const places = (context ?? []).slice(0, MOST_CONTEXTS).filter((place) => !place.includes('\0'));
    return (await show(places, within(limit, 1, MOST_ADS))).map(toAd);
  }
}

/**
 * Finds and counts in one statement: whoever comes second to the last of a budget waits for the first, looks again and is
 * shown nothing, so that no budget is exceeded by any number of processes.
 */
const show = database.statement<Pick<AdRecord, 'id' | 'text' | 'product_id'>>(
  'discovery.show-ads',
  `WITH chosen AS (
     SELECT id, contexts && $1::text[] AS made_for_it, random() AS turn FROM ad
     WHERE (contexts && $1::text[] OR contexts = '{}') AND starts_at <= now() AND (ends_at IS NULL OR ends_at > now())
       AND (impressions IS NULL OR shown < impressions)
       AND (product_id IS NULL OR EXISTS (SELECT FROM product p WHERE p.id = ad.product_id AND p.published))
     ORDER BY made_for_it DESC, turn LIMIT $2::int),
   counted AS (
     UPDATE ad SET shown = ad.shown + 1 FROM chosen
     WHERE ad.id = chosen.id AND (ad.impressions IS NULL OR ad.shown < ad.impressions) AND (ad.ends_at IS NULL OR ad.ends_at > now())
     RETURNING ad.id, ad.text, ad.product_id, made_for_it, turn)
   SELECT id, text, product_id FROM counted ORDER BY made_for_it DESC, turn`,
);

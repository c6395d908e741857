import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { BrowsingPayload } from './browsing.type.ts';
import { database } from './database.ts';
import { Gathering } from './gathering.ts';
import { visitorOf } from './visitor.ts';

const VISITOR =
  "A guest's own key, made up by the browser: 20 to 100 letters and digits. Not needed of who is signed in.";
const MOST_LETTERS = 100;

@InputType()
export class ViewRecordInput {
  @Field(() => ID)
  productId!: string;

  @Field(() => String, { nullable: true, description: VISITOR })
  visitor?: string | null;
}

@InputType()
export class SearchRecordInput {
  @Field(() => String, { description: 'What was searched for, at most 100 letters.' })
  query!: string;

  @Field(() => String, { nullable: true, description: VISITOR })
  visitor?: string | null;
}

@Resolver()
export class RecordBrowsing {
  @Mutation(() => BrowsingPayload, {
    description: 'Somebody looks at a product. Written within a second or two; nobody waits for it.',
  })
  viewRecord(@Arg('input', () => ViewRecordInput) input: ViewRecordInput, @Ctx() context: Context) {
    return payload(async () => recordView(context, input));
  }

  @Mutation(() => BrowsingPayload, {
    description: 'Somebody searches. Written within a second or two; nobody waits for it.',
  })
  searchRecord(@Arg('input', () => SearchRecordInput) input: SearchRecordInput, @Ctx() context: Context) {
    return payload(async () => recordSearch(context, input));
  }
}

interface Note {
  readonly visitor: string;
  /** A product's id, or what was searched for. */
  readonly what: string;
  readonly at: Date;
}

function recordView(context: Context, { productId, visitor: key }: ViewRecordInput) {
  const visitor = visitorOf(context.viewer?.customerId ?? null, key);
  if (productId.length > 100 || productId.includes('\0'))
    throw new Refusal('PRODUCT_NOT_FOUND', 'There is no such product.', { path: ['input', 'productId'] });
  views.add(`${visitor} ${productId}`, { visitor, what: productId, at: new Date() });
  return { recorded: true };
}

function recordSearch(context: Context, { query, visitor: key }: SearchRecordInput) {
  const visitor = visitorOf(context.viewer?.customerId ?? null, key);
  const said = query.replaceAll('\0', '').trim().replace(/\s+/g, ' ').toLowerCase();
  if (said === '' || said.length > MOST_LETTERS)
    throw new Refusal('QUERY_INVALID', `A search has 1 to ${MOST_LETTERS} letters.`, { path: ['input', 'query'] });
  searches.add(`${visitor} ${said}`, { visitor, what: said, at: new Date() });
  return { recorded: true };
}

const columns = (notes: readonly Note[]): [string[], string[], Date[]] => [
  notes.map(({ visitor }) => visitor),
  notes.map(({ what }) => what),
  notes.map(({ at }) => at),
];

/** Only of products that there are: made-up ids leave nothing behind. */
const writeViews = database.statement(
  'discovery.write-views',
  `INSERT INTO product_view (visitor, product_id, at)
   SELECT v.visitor, v.product_id, v.at FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS v(visitor, product_id, at)
   JOIN product p ON p.id = v.product_id AND p.published ORDER BY 1, 2
   ON CONFLICT (visitor, product_id) DO UPDATE SET at = greatest(product_view.at, excluded.at)`,
);
const writeSearches = database.statement(
  'discovery.write-searches',
  `INSERT INTO product_search (visitor, query, at)
   SELECT * FROM unnest($1::text[], $2::text[], $3::timestamptz[]) AS s(visitor, query, at) ORDER BY 1, 2
   ON CONFLICT (visitor, query) DO UPDATE SET at = greatest(product_search.at, excluded.at)`,
);

const views = new Gathering<Note>('Views of products', (notes) => writeViews(...columns(notes)));
const searches = new Gathering<Note>('Searches', (notes) => writeSearches(...columns(notes)));

/** Writes what is held now rather than within a second. */
export const flushBrowsing = () => Promise.all([views.flush(), searches.flush()]);

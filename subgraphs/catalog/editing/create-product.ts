import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { newId } from '#platform/database/id.ts';
import { Denied } from '#platform/errors/denied.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from '../database.ts';
import { handleOf, readTitle } from '../rules/product-texts.ts';
import { blankProduct, reviseProduct } from '../rules/revise-product.ts';
import { categoryIdOf } from './category-of-handle.ts';
import { type Editor, editorOf, sellerFor } from './editor.ts';
import { MAKING } from './making.ts';
import { ProductCreateInput } from './product.input.ts';
import { ProductPayload, productNow } from './product-payload.type.ts';
import { editProducts } from './save-products.ts';

@Resolver()
export class CreateProduct {
  @RequiresScopes('products:write')
  @Mutation(() => ProductPayload, {
    description: "products:write; of one's own sellers only, unless catalog:write is there too",
  })
  productCreate(@Arg('input', () => ProductCreateInput) input: ProductCreateInput, @Ctx() context: Context) {
    return payload(async () => createProduct(await editorOf(context), input));
  }
}

export async function createProduct(editor: Editor, input: ProductCreateInput) {
  const sellerId = await sellerFor(editor, input.seller);
  const categoryId = input.category == null ? null : await categoryIdOf(input.category);
  const handle = input.handle ?? (await freeHandle(handleOf(readTitle(input.title))));
  if (input.publishAt && input.publishAt.getTime() <= Date.now())
    throw new Refusal('TIME_INVALID', 'publishAt is in the past: leave it out to publish at once.', {
      path: ['input', 'publishAt'],
    });
  const giftCard = input.isGiftCard ?? false;
  if (giftCard && editor.sellerIds !== null)
    throw new Denied('FORBIDDEN', 'The shop itself answers for gift cards: isGiftCard needs catalog:write.');
  const made = reviseProduct(
    { ...blankProduct(newId('prod'), handle, sellerId), giftCard },
    {
      ...{ handle, title: input.title, description: input.description, brand: input.brand, categoryId },
      ...{ tags: input.tags ?? [], options: input.options ?? undefined, variants: input.variants },
      seo: input.seo ?? undefined,
    },
    MAKING,
  );
  const published = input.published && !input.publishAt;
  const after = { ...made, published, publishAt: input.publishAt ?? null };
  await editProducts('CREATED', editor, async () => [{ before: null, after }]);
  return productNow(made.id);
}

const taken = database.statement<{ handle: string }>(
  'catalog.handles-like',
  `SELECT handle FROM product WHERE deleted_at IS NULL AND (handle = $1 OR handle ~ ('^' || $1 || '-[0-9]+$'))
   UNION SELECT handle FROM redirect WHERE handle = $1 OR handle ~ ('^' || $1 || '-[0-9]+$')`,
);

/** The handle itself, else the first free one of `mug-2`, `mug-3` …; letters, digits and hyphens mean nothing in a pattern. */
async function freeHandle(handle: string): Promise<string> {
  const used = new Set((await taken(handle)).map((row) => row.handle));
  if (!used.has(handle)) return handle;
  for (let n = 2; ; n++) if (!used.has(`${handle}-${n}`)) return `${handle}-${n}`;
}

import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { every } from '#platform/schedule/every.ts';
import type { Running } from '#platform/subgraph/subgraph.ts';
import { editorOf } from './editor.ts';
import { ProductInput, ProductPublishInput } from './product.input.ts';
import { lockProducts } from './product.records.ts';
import { ProductPayload } from './product-payload.type.ts';
import { editProducts, MOST_EDITS } from './save-products.ts';
import { editProduct } from './update-product.ts';

@Resolver()
export class PublishProduct {
  @RequiresScopes('products:write')
  @Mutation(() => ProductPayload, { description: 'Shows it to shoppers, now or at a time. products:write' })
  productPublish(@Arg('input', () => ProductPublishInput) input: ProductPublishInput, @Ctx() context: Context) {
    return payload(async () => {
      const at = input.at && input.at.getTime() > Date.now() ? input.at : null;
      const editor = await editorOf(context);
      return editProduct('PUBLISHED', editor, input, (state) => ({ ...state, published: !at, publishAt: at }));
    });
  }

  @RequiresScopes('products:write')
  @Mutation(() => ProductPayload, {
    description: 'Hides it from shoppers; carts that hold it show it as unavailable. products:write',
  })
  productUnpublish(@Arg('input', () => ProductInput) input: ProductInput, @Ctx() context: Context) {
    return payload(async () =>
      editProduct('UNPUBLISHED', await editorOf(context), input, (state) => ({
        ...state,
        ...{ published: false, publishAt: null },
      })),
    );
  }

  @RequiresScopes('products:write')
  @Mutation(() => ProductPayload, {
    description:
      'Nobody sees it any more, but orders that hold it still know it; it lets go of its handle and SKUs. products:write',
  })
  productDelete(@Arg('input', () => ProductInput) input: ProductInput, @Ctx() context: Context) {
    return payload(async () =>
      editProduct('DELETED', await editorOf(context), input, (state) => ({
        ...state,
        ...{ published: false, publishAt: null, deleted: true },
        variants: state.variants.map((variant) => ({ ...variant, published: false })),
      })),
    );
  }
}

const LOOK_MS = 1_000;

/** Publishes what is due; processes that look at once share it out. */
export const startPublishing = (): Running => every(LOOK_MS, 'Publishing what is due', publishDue);

/** Answers whether there may be more. */
export async function publishDue(): Promise<boolean> {
  const published = await editProducts('PUBLISHED', { actorId: null, source: 'schedule' }, async (client) => {
    const { rows } = await client.query<{ id: string }>(DUE);
    const due = await lockProducts(
      client,
      rows.map(({ id }) => id),
    );
    return [...due.values()].map((before) => ({ before, after: { ...before, published: true, publishAt: null } }));
  });
  return published.length === MOST_EDITS;
}

const DUE = `SELECT id FROM product WHERE publish_at <= now() AND deleted_at IS NULL
  ORDER BY id COLLATE "C" LIMIT ${MOST_EDITS} FOR UPDATE SKIP LOCKED`;

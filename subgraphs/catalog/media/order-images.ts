import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { editImages, editorOfProduct, productNow } from './edit-images.ts';
import { ImagePayload } from './image-payload.type.ts';

@InputType()
export class ProductImagesOrderInput {
  @Field(() => ID)
  productId!: string;

  @Field(() => [ID], {
    description: 'All images of the product, in the order wanted; the first stands for it in lists.',
  })
  imageIds!: string[];
}

@Resolver()
export class OrderImages {
  @RequiresScopes('products:write')
  @Mutation(() => ImagePayload, { description: 'products:write' })
  productImagesOrder(
    @Arg('input', () => ProductImagesOrderInput) input: ProductImagesOrderInput,
    @Ctx() context: Context,
  ) {
    return payload(() => orderImages(context, input));
  }
}

async function orderImages(context: Context, { productId, imageIds }: ProductImagesOrderInput) {
  const editor = await editorOfProduct(context, productId);
  await editImages(editor, productId, async (client) => {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM image WHERE product_id = $1', [productId]);
    const there = new Set(rows.map(({ id }) => id));
    const named = new Set(imageIds);
    if (named.size !== imageIds.length || named.size !== there.size || imageIds.some((id) => !there.has(id)))
      throw new Refusal('ORDER_INVALID', 'Name every image of the product once: they may have changed, look again.', {
        path: ['input', 'imageIds'],
      });
    await client.query(
      `UPDATE image i SET position = named.n - 1 FROM unnest($1::text[]) WITH ORDINALITY AS named(id, n)
       WHERE i.id = named.id`,
      [imageIds],
    );
  });
  return { product: await productNow(productId) };
}

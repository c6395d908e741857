import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { announceChange } from '#platform/cache/changes.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from '../database.ts';
import { tellOfImages } from './image.records.ts';
import { ImagePayload } from './image-payload.type.ts';
import { lockProductOfImage, productNow } from './own-product.ts';

@InputType()
export class ProductImageDeleteInput {
  @Field(() => ID)
  imageId!: string;
}

@Resolver()
export class DeleteImage {
  @RequiresScopes('products:write')
  @Mutation(() => ImagePayload, {
    description: 'Takes it from its product, variants and categories; orders still show it. products:write',
  })
  productImageDelete(
    @Arg('input', () => ProductImageDeleteInput) input: ProductImageDeleteInput,
    @Ctx() context: Context,
  ) {
    return payload(() => deleteImage(context, input));
  }
}

async function deleteImage(context: Context, { imageId }: ProductImageDeleteInput) {
  const { productId, variants } = await database.transaction(async (client) => {
    const productId = await lockProductOfImage(client, context, imageId);
    const shown = await client.query<{ id: string }>('SELECT id FROM variant WHERE image_id = $1', [imageId]);
    await client.query('DELETE FROM image WHERE id = $1', [imageId]);
    return { productId, variants: shown.rows.map(({ id }) => id) };
  });
  await tellOfImages(productId, variants);
  await announceChange('Category');
  return { image: null, product: await productNow(productId) };
}

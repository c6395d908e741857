import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { editImages, editorOfImage, productNow } from './edit-images.ts';
import { ImagePayload } from './image-payload.type.ts';

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
  const { editor, productId } = await editorOfImage(context, imageId);
  await editImages(editor, productId, (client) => client.query('DELETE FROM image WHERE id = $1', [imageId]));
  return { image: null, product: await productNow(productId) };
}

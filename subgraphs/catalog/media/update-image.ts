import type pg from 'pg';
import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { Image } from '../image.type.ts';
import { altText } from '../rules/alt-text.ts';
import { editImages, editorOfImage, noImage, productNow } from './edit-images.ts';
import { imageOf } from './image.records.ts';
import { ImagePayload } from './image-payload.type.ts';

@InputType({ description: 'What is left out, or null, stays as it is.' })
export class ProductImageUpdateInput {
  @Field(() => ID)
  imageId!: string;

  @Field(() => String, { nullable: true })
  alt?: string | null;

  @Field(() => [ID], { nullable: true, description: 'The variants that it shows: these, and no others.' })
  variantIds?: string[] | null;
}

@Resolver()
export class UpdateImage {
  @RequiresScopes('products:write')
  @Mutation(() => ImagePayload, { description: 'products:write' })
  productImageUpdate(
    @Arg('input', () => ProductImageUpdateInput) input: ProductImageUpdateInput,
    @Ctx() context: Context,
  ) {
    return payload(() => updateImage(context, input));
  }
}

async function updateImage(context: Context, { imageId, alt, variantIds }: ProductImageUpdateInput) {
  const text = alt == null ? null : altText(alt);
  const { editor, productId } = await editorOfImage(context, imageId);
  const row = await editImages(editor, productId, async (client) => {
    await client.query('UPDATE image SET alt = $2 WHERE id = $1 AND alt <> $2', [imageId, text]);
    if (variantIds) await showVariants(client, productId, imageId, variantIds);
    return await imageOf(client, productId, imageId);
  });
  if (!row) throw noImage();
  return { image: new Image(row), product: await productNow(productId) };
}

async function showVariants(client: pg.PoolClient, productId: string, imageId: string, variantIds: readonly string[]) {
  const wanted = [...new Set(variantIds)];
  const known = await client.query('SELECT FROM variant WHERE product_id = $1 AND id = ANY($2::text[])', [
    productId,
    wanted.filter((id) => !id.includes('\0')),
  ]);
  if (known.rows.length < wanted.length) {
    throw new Refusal('VARIANT_NOT_FOUND', 'One of these is no variant of the product.', {
      path: ['input', 'variantIds'],
    });
  }
  await client.query(
    `UPDATE variant SET image_id = CASE WHEN id = ANY($3::text[]) THEN $2 END
     WHERE product_id = $1 AND (id = ANY($3::text[])) <> (image_id IS NOT DISTINCT FROM $2)`,
    [productId, imageId, wanted],
  );
}

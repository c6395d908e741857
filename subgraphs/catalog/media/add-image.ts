import { Arg, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Refusal } from '#platform/errors/refusal.ts';
import { fetchPicture } from '#platform/files/fetch-picture.ts';
import { fileStore } from '#platform/files/open-file-store.ts';
import { uploadKey } from '#platform/files/uploads.ts';
import { RequiresScopes } from '#platform/graphql/access.ts';
import type { Context } from '#platform/graphql/context.ts';
import { payload } from '#platform/graphql/user-error.type.ts';
import { database } from '../database.ts';
import type { Editor } from '../editing/editor.ts';
import { Image, type ImageRow } from '../image.type.ts';
import { altText } from '../rules/alt-text.ts';
import { editImages, editorOfProduct, productNow } from './edit-images.ts';
import { imageOf, insertImage } from './image.records.ts';
import { ImagePayload } from './image-payload.type.ts';
import { keepPicture } from './keep-picture.ts';

@InputType({ description: 'Exactly one of uploadId and url.' })
export class ProductImageAddInput {
  @Field(() => ID)
  productId!: string;

  @Field(() => ID, { nullable: true, description: 'Of imageUploadCreate, after the picture was sent.' })
  uploadId?: string | null;

  @Field(() => String, { nullable: true, description: 'A public http or https address to fetch it from, once.' })
  url?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it shows, for those who do not see it: up to 512 characters.',
  })
  alt?: string | null;
}

@Resolver()
export class AddImage {
  @RequiresScopes('products:write')
  @Mutation(() => ImagePayload, {
    description:
      'Adds a picture behind the others of a product: JPEG, PNG, WebP, AVIF or GIF of up to 50 megapixels. It is encoded anew, upright and without what it told of camera and place. An upload becomes one image, however often it is added. products:write',
  })
  productImageAdd(@Arg('input', () => ProductImageAddInput) input: ProductImageAddInput, @Ctx() context: Context) {
    return payload(() => addImage(context, input));
  }
}

async function addImage(context: Context, { productId, uploadId, url, alt }: ProductImageAddInput) {
  const text = altText(alt ?? '');
  const editor = await editorOfProduct(context, productId);
  if ((uploadId == null) === (url == null))
    throw new Refusal('SOURCE_INVALID', 'Give either uploadId or url.', { path: ['input', 'uploadId'] });
  const target = { editor, productId, alt: text };
  const image = uploadId == null ? await addFetched(target, url ?? '') : await addUploaded(target, uploadId, context);
  return { image: new Image(image), product: await productNow(productId) };
}

interface Target {
  readonly editor: Editor;
  readonly productId: string;
  readonly alt: string;
}

async function addFetched({ editor, productId, alt }: Target, url: string): Promise<ImageRow> {
  const picture = await keepPicture(await fetchPicture(url));
  return await editImages(editor, productId, (client) => insertImage(client, productId, picture, { alt }));
}

async function addUploaded({ editor, productId, alt }: Target, uploadId: string, context: Context): Promise<ImageRow> {
  const { customerId } = context.signedIn();
  const [upload] = uploadId.includes('\0') ? [] : await uploadOf(uploadId, customerId);
  if (!upload) throw noUpload('There is no such upload: ask for one by imageUploadCreate.');
  const bytes = upload.image_id ? null : await fileStore().get(uploadKey(uploadId));
  if (!upload.image_id && !bytes)
    throw noUpload('Nothing was sent yet: PUT the picture to the address of the upload first.');
  const picture = bytes && (await keepPicture(bytes));
  const image = await editImages(editor, productId, async (client) => {
    // Whoever adds the same upload at this moment waits here for the first.
    const { rows } = await client.query<UploadRow>('SELECT image_id FROM upload WHERE id = $1 FOR UPDATE', [uploadId]);
    const there = rows[0]?.image_id && (await imageOf(client, productId, rows[0].image_id));
    if (there) return there;
    if (rows[0]?.image_id || !picture) throw noUpload('This upload became an image already: ask for another.');
    const made = await insertImage(client, productId, picture, { alt });
    await client.query('UPDATE upload SET image_id = $2 WHERE id = $1', [uploadId, made.id]);
    return made;
  });
  // As it came it is of no more use; what fails here is swept.
  await fileStore()
    .remove([uploadKey(uploadId)])
    .catch(() => undefined);
  return image;
}

interface UploadRow {
  readonly image_id: string | null;
}

const uploadOf = database.statement<UploadRow>(
  'catalog.upload-of',
  'SELECT image_id FROM upload WHERE id = $1 AND owner_id = $2',
);

const noUpload = (sentence: string) => new Refusal('UPLOAD_NOT_FOUND', sentence, { path: ['input', 'uploadId'] });

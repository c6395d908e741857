import type pg from 'pg';
import { announceChange } from '#platform/cache/changes.ts';
import { Refusal } from '#platform/errors/refusal.ts';
import type { Context } from '#platform/graphql/context.ts';
import { database } from '../database.ts';
import { type Editor, editorOf, mayEdit, noProduct } from '../editing/editor.ts';
import { type Author, noteChanges } from '../editing/note-changes.ts';
import { productsByIds } from '../product.loaders.ts';
import type { Product } from '../product.type.ts';
import { changedVariants, type Gallery, imageDifferences } from '../rules/image-differences.ts';

/** Changes the images of a product that the editor may edit, one deed after the other; notes what changed and tells caches. */
export async function editImages<Done>(
  editor: Editor & Author,
  productId: string,
  work: (client: pg.PoolClient) => Promise<Done>,
): Promise<Done> {
  const { done, before, after } = await database.transaction(async (client) => {
    const locked = await client.query<SellerRow>(`${SELLER_OF} FOR NO KEY UPDATE`, [productId]);
    requireOwn(editor, locked.rows);
    const before = await galleryOf(client, productId);
    const done = await work(client);
    const after = await galleryOf(client, productId);
    const fields = imageDifferences(before, after);
    if (fields.length > 0) await noteChanges(client, editor, [{ subject: productId, deed: 'UPDATED', fields }]);
    return { done, before, after };
  });
  // A category may have shown an image that is gone.
  const gone = before.images.some(({ id }) => !after.images.some((image) => image.id === id));
  const variants = changedVariants(before, after).map((id) => `Variant:${id}`);
  await announceChange(`Product:${productId}`, ...variants, ...(gone ? ['Category'] : []));
  return done;
}

/** Before work is done for it: whether the viewer may edit that product. */
export async function editorOfProduct(context: Context, productId: string): Promise<Editor> {
  const editor = await editorOf(context);
  requireOwn(editor, productId.includes('\0') ? [] : await sellerOf(productId));
  return editor;
}

/** Who edits, and the product that the image is of. */
export async function editorOfImage(context: Context, imageId: string): Promise<{ editor: Editor; productId: string }> {
  const [image] = imageId.includes('\0') ? [] : await productOf(imageId);
  if (!image) throw noImage();
  const editor = await editorOfProduct(context, image.product_id).catch((reason) => {
    throw reason instanceof Refusal ? noImage() : reason;
  });
  return { editor, productId: image.product_id };
}

export const noImage = () =>
  new Refusal('IMAGE_NOT_FOUND', 'There is no such image among those that you may edit.', {
    path: ['input', 'imageId'],
  });

/** As it is after the deed. */
export async function productNow(productId: string): Promise<Product | null> {
  const [product] = await productsByIds([productId]);
  return product ?? null;
}

interface SellerRow {
  readonly sellerId: string;
}

function requireOwn(editor: Editor, [product]: readonly SellerRow[]): void {
  if (!product || !mayEdit(editor, product)) throw noProduct('productId');
}

const SELLER_OF = 'SELECT seller_id AS "sellerId" FROM product WHERE id = $1 AND deleted_at IS NULL';
const sellerOf = database.statement<SellerRow>('catalog.seller-of-product', SELLER_OF);

async function galleryOf(client: pg.PoolClient, productId: string): Promise<Gallery> {
  const { rows: images } = await client.query<Gallery['images'][number]>(
    'SELECT id, alt FROM image WHERE product_id = $1 ORDER BY position, id',
    [productId],
  );
  const { rows: variants } = await client.query<Gallery['variants'][number]>(
    'SELECT id, sku, image_id AS "imageId" FROM variant WHERE product_id = $1 ORDER BY id',
    [productId],
  );
  return { images, variants };
}

const productOf = database.statement<{ product_id: string }>(
  'catalog.product-of-image',
  'SELECT product_id FROM image WHERE id = $1',
);

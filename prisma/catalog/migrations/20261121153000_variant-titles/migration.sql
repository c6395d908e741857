-- AlterTable
ALTER TABLE "variant" ADD COLUMN     "title" TEXT;

-- Which languages there are is asked now and then: of products without a translation nothing is read.
CREATE INDEX "product_translated_idx" ON "product"("id") WHERE "translations" <> '{}';

-- With the variants' own titles; no variant has one yet, so that what is kept already stays as it is.
CREATE OR REPLACE FUNCTION refresh_product_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM product WHERE id IN (SELECT product_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
  UPDATE product p SET parts = json_build_object(
    'images', (SELECT coalesce(json_agg(json_build_object('id', i.id, 'key', i.key, 'alt', i.alt, 'width', i.width,
        'height', i.height, 'blurDataUrl', i.blur_data_url) ORDER BY i.position, i.id), '[]')
      FROM image i WHERE i.product_id = p.id),
    'variants', (SELECT coalesce(json_agg(json_build_object('id', v.id, 'sku', v.sku, 'title', v.title, 'options',
        v.options, 'imageId', v.image_id, 'price', v.price, 'compareAtPrice', v.compare_at_price, 'weightGrams',
        v.weight_grams) ORDER BY v.position), '[]')
      FROM variant v WHERE v.product_id = p.id AND v.published))
  WHERE p.id IN (SELECT product_id FROM changed);
  RETURN NULL;
END $$;

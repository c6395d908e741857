-- AlterTable
ALTER TABLE "product" ADD COLUMN     "gift_card" BOOLEAN NOT NULL DEFAULT false;

-- What Prisma cannot say: a gift card is always there.
CREATE OR REPLACE VIEW search_fact AS
  SELECT p.id AS product_id, 'category' AS by, c.id AS value FROM product p CROSS JOIN unnest(p.category_ids) AS c(id)
  UNION ALL SELECT id, 'brand', brand FROM product WHERE brand <> ''
  UNION ALL SELECT id, 'seller', seller_id FROM product
  UNION ALL SELECT p.id, 'inStock', (p.gift_card OR EXISTS (
      SELECT FROM variant v JOIN variant_stock s ON s.variant_id = v.id WHERE v.product_id = p.id AND v.published AND s.in_stock))::text
    FROM product p
  UNION ALL SELECT product_id, 'rating', stars::text
    FROM product_news CROSS JOIN generate_series(1, rating_sum / nullif(rating_count, 0)) AS s(stars)
  UNION ALL SELECT DISTINCT v.product_id, o ->> 'name', o ->> 'value'
    FROM variant v CROSS JOIN jsonb_array_elements(v.options) AS o
    WHERE v.published AND o ->> 'name' NOT IN ('category', 'brand', 'seller', 'price', 'rating', 'inStock');

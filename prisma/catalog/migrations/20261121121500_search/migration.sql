-- DropIndex
DROP INDEX "product_category_ids_idx";
DROP INDEX "product_search_idx";
DROP INDEX "product_newest_idx";
DROP INDEX "product_price_idx";
DROP INDEX "product_title_idx";

-- AlterTable
ALTER TABLE "product" DROP COLUMN "search";

-- CreateTable
CREATE TABLE "search_document" (
    "product_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "title" TEXT NOT NULL,
    "price" BIGINT NOT NULL,
    "rated" DOUBLE PRECISION NOT NULL,
    "sold" BIGINT NOT NULL,
    "boost" DOUBLE PRECISION NOT NULL,
    "facets" INTEGER[],
    "codes" BYTEA NOT NULL,
    "head" tsvector NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "search_document_pkey" PRIMARY KEY ("product_id")
);

-- CreateTable
CREATE TABLE "search_value" (
    "code" SERIAL NOT NULL,
    "by" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "search_value_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "search_word" (
    "word" TEXT NOT NULL,
    "stem" TEXT NOT NULL,
    "documents" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "search_word_pkey" PRIMARY KEY ("word")
);

-- CreateTable
CREATE TABLE "search_synonym" (
    "id" TEXT NOT NULL,
    "words" TEXT[],

    CONSTRAINT "search_synonym_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variant_stock" (
    "variant_id" TEXT NOT NULL,
    "in_stock" BOOLEAN NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "variant_stock_pkey" PRIMARY KEY ("variant_id")
);

-- CreateTable
CREATE TABLE "product_news" (
    "product_id" TEXT NOT NULL,
    "rating_count" INTEGER NOT NULL DEFAULT 0,
    "rating_sum" INTEGER NOT NULL DEFAULT 0,
    "rating_sequence" BIGINT NOT NULL DEFAULT 0,
    "sold" BIGINT NOT NULL DEFAULT 0,
    "sold_sequence" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "product_news_pkey" PRIMARY KEY ("product_id")
);

-- CreateIndex
CREATE INDEX "search_document_created_at_product_id_idx" ON "search_document"("created_at", "product_id");

-- CreateIndex
CREATE INDEX "search_document_title_product_id_idx" ON "search_document"("title", "product_id");

-- CreateIndex
CREATE INDEX "search_document_price_product_id_idx" ON "search_document"("price", "product_id");

-- CreateIndex
CREATE INDEX "search_document_rated_product_id_idx" ON "search_document"("rated", "product_id");

-- CreateIndex
CREATE INDEX "search_document_sold_product_id_idx" ON "search_document"("sold", "product_id");

-- CreateIndex
CREATE INDEX "search_document_boost_product_id_idx" ON "search_document"("boost", "product_id");

-- CreateIndex
CREATE INDEX "search_document_facets_idx" ON "search_document" USING GIN ("facets");

-- CreateIndex
CREATE INDEX "search_document_head_idx" ON "search_document" USING GIN ("head");

-- CreateIndex
CREATE INDEX "search_document_words_idx" ON "search_document" USING GIN ("words");

-- CreateIndex
CREATE UNIQUE INDEX "search_value_by_value_key" ON "search_value"("by", "value");

-- CreateIndex
CREATE INDEX "search_word_stem_idx" ON "search_word"("stem");

-- A search reads thousands of rows for their facets, and of few of them all words: those lie outside the row, so that
-- a page of the table holds many.
ALTER TABLE "search_document" SET (toast_tuple_target = 512);
ALTER TABLE "search_document" ALTER COLUMN "head" SET STORAGE MAIN;
-- What was just written must not make the next search slow.
ALTER INDEX "search_document_words_idx" SET (fastupdate = off);
ALTER INDEX "search_document_head_idx" SET (fastupdate = off);
ALTER INDEX "search_document_facets_idx" SET (fastupdate = off);

-- Words that begin so.
CREATE INDEX "search_word_prefix_idx" ON "search_word"("word" COLLATE "C");
-- How far what was typed is from a word.
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- Three bytes hold a code.
ALTER TABLE "search_value" ADD CONSTRAINT "search_value_code_check" CHECK ("code" BETWEEN 1 AND 16777215);

-- Every text as written and by its English stem: names keep their form, and "lamps" finds the lamp; "cafe" finds the café.
CREATE OR REPLACE FUNCTION search_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple'::regconfig, public.unaccent('public.unaccent'::regdictionary, coalesce(words, '')))
    || to_tsvector('english'::regconfig, public.unaccent('public.unaccent'::regdictionary, coalesce(words, '')))
$$;

-- What each product has of each facet. An option cannot take the name of what is filtered by anyway.
CREATE VIEW search_fact AS
  SELECT p.id AS product_id, 'category' AS by, c.id AS value FROM product p CROSS JOIN unnest(p.category_ids) AS c(id)
  UNION ALL SELECT id, 'brand', brand FROM product WHERE brand <> ''
  UNION ALL SELECT id, 'seller', seller_id FROM product
  UNION ALL SELECT p.id, 'inStock', EXISTS (
      SELECT FROM variant v JOIN variant_stock s ON s.variant_id = v.id WHERE v.product_id = p.id AND v.published AND s.in_stock)::text
    FROM product p
  UNION ALL SELECT product_id, 'rating', stars::text
    FROM product_news CROSS JOIN generate_series(1, rating_sum / nullif(rating_count, 0)) AS s(stars)
  UNION ALL SELECT DISTINCT v.product_id, o ->> 'name', o ->> 'value'
    FROM variant v CROSS JOIN jsonb_array_elements(v.options) AS o
    WHERE v.published AND o ->> 'name' NOT IN ('category', 'brand', 'seller', 'price', 'rating', 'inStock');

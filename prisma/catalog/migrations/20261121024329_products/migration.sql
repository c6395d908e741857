-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "category" (
    "id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT,
    "parent_id" TEXT,
    "position" INTEGER NOT NULL,
    "image_id" TEXT,

    CONSTRAINT "category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "seller" (
    "id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "seller_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "product" (
    "id" TEXT NOT NULL,
    "handle" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "brand" TEXT,
    "tags" TEXT[],
    "category_id" TEXT,
    "category_ids" TEXT[],
    "seller_id" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "min_price" BIGINT NOT NULL,
    "max_price" BIGINT NOT NULL,
    "seo_title" TEXT,
    "seo_description" TEXT,
    "published" BOOLEAN NOT NULL,
    "search" tsvector,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "variant" (
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "position" INTEGER NOT NULL,
    "image_id" TEXT,
    "price" BIGINT NOT NULL,
    "compare_at_price" BIGINT,
    "weight_grams" INTEGER NOT NULL,
    "published" BOOLEAN NOT NULL,

    CONSTRAINT "variant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "image" (
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "alt" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "blur_data_url" TEXT,

    CONSTRAINT "image_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "category_handle_key" ON "category"("handle");

-- CreateIndex
CREATE INDEX "category_parent_id_position_idx" ON "category"("parent_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "seller_handle_key" ON "seller"("handle");

-- CreateIndex
CREATE UNIQUE INDEX "product_handle_key" ON "product"("handle");

-- CreateIndex
CREATE INDEX "product_category_ids_idx" ON "product" USING GIN ("category_ids");

-- CreateIndex
CREATE INDEX "product_search_idx" ON "product" USING GIN ("search");

-- CreateIndex
CREATE INDEX "product_seller_id_idx" ON "product"("seller_id");

-- CreateIndex
CREATE UNIQUE INDEX "variant_sku_key" ON "variant"("sku");

-- CreateIndex
CREATE INDEX "variant_product_id_position_idx" ON "variant"("product_id", "position");

-- CreateIndex
CREATE INDEX "image_product_id_position_idx" ON "image"("product_id", "position");

-- AddForeignKey
ALTER TABLE "category" ADD CONSTRAINT "category_parent_id_fkey" FOREIGN KEY ("parent_id") REFERENCES "category"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "category" ADD CONSTRAINT "category_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "image"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_category_id_fkey" FOREIGN KEY ("category_id") REFERENCES "category"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "product" ADD CONSTRAINT "product_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variant" ADD CONSTRAINT "variant_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "variant" ADD CONSTRAINT "variant_image_id_fkey" FOREIGN KEY ("image_id") REFERENCES "image"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "image" ADD CONSTRAINT "image_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Lists sort the published products only, each by one of these.
CREATE INDEX "product_newest_idx" ON "product"("created_at", "id") WHERE "published";
CREATE INDEX "product_price_idx" ON "product"("min_price", "id") WHERE "published";
CREATE INDEX "product_title_idx" ON "product"(lower("title"), "id") WHERE "published";

ALTER TABLE "variant" ADD CONSTRAINT "variant_price_check" CHECK ("price" >= 0 AND "compare_at_price" > "price");
ALTER TABLE "product" ADD CONSTRAINT "product_price_check" CHECK ("min_price" BETWEEN 0 AND "max_price");

-- Words that are nearly right.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Every text as written and by its English stem: names keep their form, and "lamps" finds the lamp.
CREATE FUNCTION search_words(words text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT to_tsvector('simple'::regconfig, coalesce(words, '')) || to_tsvector('english'::regconfig, coalesce(words, ''))
$$;

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "product" (
    "id" TEXT NOT NULL,
    "published" BOOLEAN NOT NULL,
    "category_id" TEXT,
    "aisle_id" TEXT,
    "brand" TEXT,
    "tags" TEXT[],
    "price" BIGINT NOT NULL,
    "words" tsvector NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL,

    CONSTRAINT "product_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "counted_order" (
    "order_id" TEXT NOT NULL,

    CONSTRAINT "counted_order_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "sold" (
    "product_id" TEXT NOT NULL,
    "orders" INTEGER NOT NULL,

    CONSTRAINT "sold_pkey" PRIMARY KEY ("product_id")
);

-- CreateTable
CREATE TABLE "pair" (
    "product_id" TEXT NOT NULL,
    "other_id" TEXT NOT NULL,
    "orders" INTEGER NOT NULL,

    CONSTRAINT "pair_pkey" PRIMARY KEY ("product_id","other_id")
);

-- CreateTable
CREATE TABLE "product_view" (
    "visitor" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_view_pkey" PRIMARY KEY ("visitor","product_id")
);

-- CreateTable
CREATE TABLE "product_search" (
    "visitor" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "product_search_pkey" PRIMARY KEY ("visitor","query")
);

-- CreateTable
CREATE TABLE "ad" (
    "id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "product_id" TEXT,
    "contexts" TEXT[],
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3),
    "impressions" INTEGER,
    "shown" INTEGER NOT NULL DEFAULT 0,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ad_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scheduled" (
    "name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "fence" INTEGER NOT NULL,

    CONSTRAINT "scheduled_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "handled" (
    "event_id" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "handled_pkey" PRIMARY KEY ("event_id","consumer")
);

-- CreateIndex
CREATE INDEX "product_category_id_price_idx" ON "product"("category_id", "price");

-- CreateIndex
CREATE INDEX "product_aisle_id_price_idx" ON "product"("aisle_id", "price");

-- CreateIndex
CREATE INDEX "product_brand_created_at_idx" ON "product"("brand", "created_at" DESC);

-- CreateIndex
CREATE INDEX "product_created_at_idx" ON "product"("created_at" DESC);

-- CreateIndex
CREATE INDEX "product_tags_idx" ON "product" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "product_words_idx" ON "product" USING GIN ("words");

-- CreateIndex
CREATE INDEX "sold_orders_idx" ON "sold"("orders" DESC);

-- CreateIndex
CREATE INDEX "pair_product_id_orders_idx" ON "pair"("product_id", "orders" DESC);

-- CreateIndex
CREATE INDEX "product_view_visitor_at_idx" ON "product_view"("visitor", "at" DESC);

-- CreateIndex
CREATE INDEX "product_view_at_idx" ON "product_view"("at");

-- CreateIndex
CREATE INDEX "product_search_visitor_at_idx" ON "product_search"("visitor", "at" DESC);

-- CreateIndex
CREATE INDEX "product_search_at_idx" ON "product_search"("at");

-- CreateIndex
CREATE INDEX "ad_created_at_id_idx" ON "ad"("created_at" DESC, "id" DESC);

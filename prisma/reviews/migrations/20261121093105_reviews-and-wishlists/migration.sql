-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "review_state" AS ENUM ('PENDING', 'PUBLISHED', 'HIDDEN');

-- CreateTable
CREATE TABLE "review" (
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "rating" SMALLINT NOT NULL,
    "title" TEXT,
    "body" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL,
    "state" "review_state" NOT NULL,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rating" (
    "product_id" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "sum" INTEGER NOT NULL,

    CONSTRAINT "rating_pkey" PRIMARY KEY ("product_id")
);

-- CreateTable
CREATE TABLE "wishlist_item" (
    "customer_id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "wishlist_item_pkey" PRIMARY KEY ("customer_id","product_id")
);

-- CreateIndex
CREATE INDEX "review_published" ON "review"("product_id", "created_at" DESC, "id" DESC) WHERE (state = 'PUBLISHED'::review_state);

-- CreateIndex
CREATE INDEX "review_state_created_at_id_idx" ON "review"("state", "created_at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "review_product_id_customer_id_key" ON "review"("product_id", "customer_id");

-- CreateIndex
CREATE INDEX "wishlist_item_customer_id_added_at_product_id_idx" ON "wishlist_item"("customer_id", "added_at" DESC, "product_id" DESC);

-- What Prisma cannot say.
ALTER TABLE "review" ADD CONSTRAINT "review_rating_from_1_to_5" CHECK ("rating" BETWEEN 1 AND 5);
ALTER TABLE "rating" ADD CONSTRAINT "rating_of_its_reviews" CHECK ("count" >= 0 AND "sum" BETWEEN "count" AND 5 * "count");

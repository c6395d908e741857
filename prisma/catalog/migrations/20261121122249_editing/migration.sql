-- DropIndex
DROP INDEX "product_handle_key";

-- DropIndex
DROP INDEX "variant_sku_key";

-- AlterTable
ALTER TABLE "category" ADD COLUMN     "translations" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "product" ADD COLUMN     "deleted_at" TIMESTAMPTZ(3),
ADD COLUMN     "publish_at" TIMESTAMPTZ(3),
ADD COLUMN     "translations" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "seller_member" (
    "seller_id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,

    CONSTRAINT "seller_member_pkey" PRIMARY KEY ("customer_id","seller_id")
);

-- CreateTable
CREATE TABLE "redirect" (
    "handle" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,

    CONSTRAINT "redirect_pkey" PRIMARY KEY ("handle")
);

-- CreateTable
CREATE TABLE "change" (
    "id" BIGSERIAL NOT NULL,
    "subject" TEXT NOT NULL,
    "deed" TEXT NOT NULL,
    "actor_id" TEXT,
    "source" TEXT,
    "fields" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "added_at" TIMESTAMPTZ(3),
    "job" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "redirect_product_id_idx" ON "redirect"("product_id");

-- CreateIndex
CREATE INDEX "change_subject_id_idx" ON "change"("subject", "id");

-- CreateIndex
CREATE INDEX "outbox_added_at_created_at_idx" ON "outbox"("added_at", "created_at");

-- AddForeignKey
ALTER TABLE "seller_member" ADD CONSTRAINT "seller_member_seller_id_fkey" FOREIGN KEY ("seller_id") REFERENCES "seller"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "redirect" ADD CONSTRAINT "redirect_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is deleted, or sold no more, lets go of its name.
CREATE UNIQUE INDEX "product_handle_key" ON "product"("handle") WHERE "deleted_at" IS NULL;
CREATE UNIQUE INDEX "variant_sku_key" ON "variant"("sku") WHERE "published";

-- Deleted goods are never for sale.
ALTER TABLE "product" ADD CONSTRAINT "product_deleted_check" CHECK ("deleted_at" IS NULL OR NOT "published");

-- What is to be published by itself, the earliest first.
CREATE INDEX "product_publish_at_idx" ON "product"("publish_at") WHERE "publish_at" IS NOT NULL;

-- AlterEnum
ALTER TYPE "stock_movement_reason" ADD VALUE 'RETURNED';

-- DropForeignKey
ALTER TABLE "stock_movement" DROP CONSTRAINT "stock_movement_variant_id_location_id_fkey";

-- DropIndex
DROP INDEX "stock_movement_variant_id_location_id_idx";

-- AlterTable
ALTER TABLE "location" ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "reservation" ADD COLUMN     "adjust_ids" TEXT[],
ADD COLUMN     "fulfillment_ids" TEXT[],
ADD COLUMN     "location_ids" TEXT[];

-- Each line has a location of its own now; what has left is no longer listed.
UPDATE "reservation" SET
  "location_ids" = CASE WHEN "state" = 'SHIPPED' THEN '{}' ELSE array_fill("location_id", ARRAY[cardinality("variant_ids")]) END,
  "variant_ids" = CASE WHEN "state" = 'SHIPPED' THEN '{}' ELSE "variant_ids" END,
  "quantities" = CASE WHEN "state" = 'SHIPPED' THEN '{}' ELSE "quantities" END;
ALTER TABLE "reservation" DROP COLUMN "location_id",
  DROP CONSTRAINT "reservation_lines_check",
  ADD CONSTRAINT "reservation_lines_check" CHECK (
    cardinality("variant_ids") = cardinality("quantities") AND cardinality("location_ids") = cardinality("quantities"));

-- AlterTable
ALTER TABLE "stock" ADD COLUMN     "backorder_limit" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "backorderable" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "low_stock_at" INTEGER;

-- What no statement may break, whatever it forgot.
ALTER TABLE "stock" DROP CONSTRAINT "stock_available_check",
  ADD CONSTRAINT "stock_reserved_check" CHECK ("reserved" >= 0),
  ADD CONSTRAINT "stock_available_check" CHECK ("backorder_limit" >= 0 AND "on_hand" - "reserved" >= -"backorder_limit"),
  ADD CONSTRAINT "stock_backorder_check" CHECK ("location_id" = 'main' OR "backorder_limit" = 0 AND NOT "backorderable");

-- AlterTable
ALTER TABLE "stock_movement" ADD COLUMN     "cause_id" TEXT;

-- CreateTable
CREATE TABLE "restock" (
    "return_id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "restock_pkey" PRIMARY KEY ("return_id")
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
CREATE INDEX "outbox_added_at_created_at_idx" ON "outbox"("added_at", "created_at");

-- CreateIndex
CREATE INDEX "stock_movement_variant_id_id_idx" ON "stock_movement"("variant_id", "id");

-- The auditor looks at what changed within a window; the journal is only appended to, so that this index is tiny.
CREATE INDEX "stock_movement_at_idx" ON "stock_movement" USING brin ("at");

-- For the sweeper, and for the auditor's sum of open reservations.
DROP INDEX "reservation_expiring_idx";
CREATE INDEX "reservation_open_idx" ON "reservation"("expires_at") WHERE "state" IN ('RESERVED', 'COMMITTED');

-- AlterTable
ALTER TABLE "counted_order" ADD COLUMN     "gone" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "product_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];

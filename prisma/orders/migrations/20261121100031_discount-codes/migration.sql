-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "discount_codes" TEXT[] DEFAULT ARRAY[]::TEXT[];

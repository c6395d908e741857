-- AlterTable
ALTER TABLE "cart" ADD COLUMN     "discount_codes" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "cart" ADD COLUMN     "gave_up_order_id" TEXT;

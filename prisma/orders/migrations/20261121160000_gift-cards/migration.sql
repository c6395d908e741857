-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "gift_card" BOOLEAN NOT NULL DEFAULT false;

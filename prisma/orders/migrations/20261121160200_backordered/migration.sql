-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "backordered" BOOLEAN NOT NULL DEFAULT false;

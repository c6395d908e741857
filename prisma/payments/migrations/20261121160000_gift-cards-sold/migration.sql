-- AlterTable
ALTER TABLE "gift_card" ADD COLUMN     "line_id" TEXT,
ADD COLUMN     "order_id" TEXT,
ADD COLUMN     "taken" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "taken_for" TEXT,
ADD COLUMN     "told" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "unit" INTEGER;

-- CreateIndex
CREATE INDEX "gift_card_order_id_idx" ON "gift_card"("order_id");

-- What Prisma cannot say.
ALTER TABLE "gift_card" ADD CONSTRAINT "gift_card_taken" CHECK ("taken" BETWEEN 0 AND "amount" - "balance");

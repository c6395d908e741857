-- AlterTable
ALTER TABLE "dispatch_line" ADD COLUMN     "awaited" INTEGER NOT NULL DEFAULT 0,
  ADD CONSTRAINT "dispatch_line_awaited_check" CHECK ("awaited" BETWEEN 0 AND greatest("ordered" - "fulfilled", 0));

-- For whoever sends what has come; hardly any line is ever in it.
CREATE INDEX "dispatch_line_awaited_idx" ON "dispatch_line"("order_id") WHERE "awaited" > 0;

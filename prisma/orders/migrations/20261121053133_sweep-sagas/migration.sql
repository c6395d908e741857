-- CreateIndex
CREATE INDEX "saga_created_at_idx" ON "saga" USING BRIN ("created_at");

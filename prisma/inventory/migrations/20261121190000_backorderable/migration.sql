-- Whoever fills backorders looks at these alone. A purchase changes neither column, so that its updates stay as cheap.
CREATE INDEX "stock_backorderable_idx" ON "stock"("variant_id") WHERE "backorder_limit" > 0;

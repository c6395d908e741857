-- For the auditor, who looks at what was redeemed of late: an order with a code pays nearly nothing for it.
CREATE INDEX "redemption_at_idx" ON "redemption" USING BRIN ("at") WITH (pages_per_range = 16, autosummarize = on);

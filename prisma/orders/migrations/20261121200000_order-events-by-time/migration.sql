-- The auditor asks for a window's orders by it, page by page: ranges are summarized as they fill, not only when vacuum comes.
DROP INDEX "order_event_xid_at_idx";
CREATE INDEX "order_event_xid_at_idx" ON "order_event" USING BRIN ("xid", "at") WITH (pages_per_range = 16, autosummarize = on);

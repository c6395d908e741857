-- Only main is backordered from, but books that were broken may come to more promised than there is at any location.
ALTER TABLE "stock" DROP CONSTRAINT "stock_backorder_check",
  ADD CONSTRAINT "stock_backorder_check" CHECK ("location_id" = 'main' OR NOT "backorderable");

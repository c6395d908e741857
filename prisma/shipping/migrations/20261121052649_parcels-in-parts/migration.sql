-- What an order has to send, and how much of it is in parcels: an order may go in several.

-- CreateTable
CREATE TABLE "dispatch" (
    "order_id" TEXT NOT NULL,
    "country" TEXT NOT NULL DEFAULT '',
    "city" TEXT NOT NULL DEFAULT '',
    "delivery_days" INTEGER NOT NULL DEFAULT 0,
    "paid_at" TIMESTAMPTZ(3),
    "stopped_at" TIMESTAMPTZ(3),
    "held_by" TEXT,
    "resumed" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "ordered" INTEGER NOT NULL DEFAULT 0,
    "prepared" INTEGER NOT NULL DEFAULT 0,
    "shipped" INTEGER NOT NULL DEFAULT 0,
    "out_for_delivery" INTEGER NOT NULL DEFAULT 0,
    "delivered" INTEGER NOT NULL DEFAULT 0,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dispatch_pkey" PRIMARY KEY ("order_id"),
    CONSTRAINT "dispatch_progress" CHECK (0 <= "delivered" AND "delivered" <= "out_for_delivery" AND "out_for_delivery" <= "shipped"
      AND "shipped" <= "prepared" AND "prepared" <= "ordered")
);

-- CreateTable
CREATE TABLE "dispatch_line" (
    "order_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "variant_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "sku" TEXT NOT NULL,
    "options" JSONB NOT NULL,
    "image_url" TEXT,
    "weight_grams" INTEGER NOT NULL,
    "ordered" INTEGER NOT NULL,
    "fulfilled" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "dispatch_line_pkey" PRIMARY KEY ("order_id","line_id"),
    CONSTRAINT "dispatch_line_fulfilled" CHECK (0 <= "fulfilled" AND "fulfilled" <= "ordered")
);

-- What is known of the orders so far: one parcel each, and one without lines where an order was stopped before.
INSERT INTO "dispatch" ("order_id", "paid_at", "stopped_at", "sequence", "ordered", "prepared", "shipped", "out_for_delivery", "delivered", "updated_at")
SELECT f.order_id, CASE WHEN u.units > 0 THEN f.created_at END, CASE WHEN f.status = 'CANCELLED' THEN f.updated_at END, w.way, u.units,
  CASE WHEN w.way >= 1 THEN u.units ELSE 0 END, CASE WHEN w.way >= 2 THEN u.units ELSE 0 END,
  CASE WHEN w.way >= 3 THEN u.units ELSE 0 END, CASE WHEN w.way >= 4 THEN u.units ELSE 0 END, f.updated_at
FROM "fulfillment" f,
  LATERAL (SELECT coalesce(array_position('{PREPARING,SHIPPED,OUT_FOR_DELIVERY,DELIVERED}'::text[], f.status), 0) AS way) w,
  LATERAL (SELECT coalesce(sum((l ->> 'quantity')::int), 0)::int AS units FROM jsonb_array_elements(f.lines) l) u;

INSERT INTO "dispatch_line" ("order_id", "line_id", "position", "variant_id", "title", "sku", "options", "image_url", "weight_grams", "ordered", "fulfilled")
SELECT f.order_id, l ->> 'lineId', n, l ->> 'variantId', l ->> 'title', l ->> 'sku', l -> 'options', l ->> 'imageUrl',
  coalesce((l ->> 'weightGrams')::int, 0), (l ->> 'quantity')::int, CASE WHEN f.status = 'CANCELLED' THEN 0 ELSE (l ->> 'quantity')::int END
FROM "fulfillment" f, jsonb_array_elements(f.lines) WITH ORDINALITY AS e(l, n);

DELETE FROM "fulfillment" WHERE "lines" = '[]';

-- Every event and every parcel is written by the statement that holds its order's lock: foreign keys would only cost.
ALTER TABLE "tracking_event" DROP CONSTRAINT "tracking_event_fulfillment_id_fkey";
ALTER TABLE "tracking_event" DROP CONSTRAINT "tracking_event_pkey", ADD COLUMN "key" TEXT;
UPDATE "tracking_event" SET "key" = "status";
ALTER TABLE "tracking_event" ALTER COLUMN "key" SET NOT NULL, ADD CONSTRAINT "tracking_event_pkey" PRIMARY KEY ("fulfillment_id", "key");

ALTER TABLE "fulfillment"
  ADD COLUMN "carried_by" TEXT,
  ADD COLUMN "carrier_ref" TEXT,
  ADD COLUMN "contents" JSONB,
  ADD COLUMN "errand_at" TIMESTAMPTZ(3),
  ADD COLUMN "errand_tries" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "request_key" TEXT,
  ADD COLUMN "tracking_url" TEXT,
  ADD COLUMN "trouble" TEXT,
  ADD COLUMN "units" INTEGER,
  ALTER COLUMN "carrier" DROP NOT NULL,
  ALTER COLUMN "tracking_number" DROP NOT NULL,
  ALTER COLUMN "route" DROP NOT NULL;
UPDATE "fulfillment" SET "carried_by" = 'demo',
  "contents" = (SELECT jsonb_agg(jsonb_build_object('lineId', l -> 'lineId', 'variantId', l -> 'variantId', 'quantity', l -> 'quantity') ORDER BY n)
    FROM jsonb_array_elements("lines") WITH ORDINALITY AS e(l, n)),
  "units" = (SELECT sum((l ->> 'quantity')::int) FROM jsonb_array_elements("lines") l);
ALTER TABLE "fulfillment" ALTER COLUMN "contents" SET NOT NULL, ALTER COLUMN "units" SET NOT NULL, DROP COLUMN "lines",
  ADD CONSTRAINT "fulfillment_units" CHECK ("units" > 0);

DROP INDEX "fulfillment_order_id_key";
DROP INDEX "fulfillment_next_move_at_idx";
CREATE INDEX "fulfillment_order_id_idx" ON "fulfillment" ("order_id");
CREATE INDEX "dispatch_updated_at_idx" ON "dispatch" USING BRIN ("updated_at");

-- Only what somebody waits for is in these.
CREATE INDEX "fulfillment_next_move_at_idx" ON "fulfillment" ("next_move_at") WHERE "next_move_at" IS NOT NULL;
CREATE INDEX "fulfillment_errand_at_idx" ON "fulfillment" ("errand_at") WHERE "errand_at" IS NOT NULL;
CREATE UNIQUE INDEX "fulfillment_carrier_ref_key" ON "fulfillment" ("carried_by", "carrier_ref") WHERE "carrier_ref" IS NOT NULL;
CREATE UNIQUE INDEX "fulfillment_request_key_key" ON "fulfillment" ("order_id", "request_key") WHERE "request_key" IS NOT NULL;

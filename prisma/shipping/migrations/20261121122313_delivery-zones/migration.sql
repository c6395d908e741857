-- CreateTable
CREATE TABLE "delivery_zone" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "delivery_zone_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery_place" (
    "country" CHAR(2) NOT NULL,
    "region" TEXT NOT NULL DEFAULT '',
    "zone_id" TEXT NOT NULL,

    CONSTRAINT "delivery_place_pkey" PRIMARY KEY ("country","region")
);

-- CreateTable
CREATE TABLE "delivery_rate" (
    "zone_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "option_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "price" BIGINT NOT NULL,
    "free_from" BIGINT,
    "minimum_subtotal" BIGINT,
    "minimum_grams" INTEGER,
    "maximum_grams" INTEGER,
    "surcharge" BIGINT,
    "surcharge_above_grams" INTEGER,
    "surcharge_per_grams" INTEGER,
    "minimum_days" INTEGER NOT NULL,
    "maximum_days" INTEGER NOT NULL,

    CONSTRAINT "delivery_rate_pkey" PRIMARY KEY ("zone_id","position")
);

-- CreateIndex
CREATE INDEX "delivery_place_zone_id_idx" ON "delivery_place"("zone_id");

-- AddForeignKey
ALTER TABLE "delivery_place" ADD CONSTRAINT "delivery_place_zone_id_fkey" FOREIGN KEY ("zone_id") REFERENCES "delivery_zone"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery_rate" ADD CONSTRAINT "delivery_rate_zone_id_fkey" FOREIGN KEY ("zone_id") REFERENCES "delivery_zone"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE "delivery_rate" ADD CONSTRAINT "delivery_rate_costs_no_less_than_nothing" CHECK (least("price", "free_from", "minimum_subtotal", "surcharge", "minimum_grams", "maximum_grams", "surcharge_above_grams") >= 0);
ALTER TABLE "delivery_rate" ADD CONSTRAINT "delivery_rate_days" CHECK ("minimum_days" >= 0 AND "maximum_days" >= "minimum_days");
ALTER TABLE "delivery_rate" ADD CONSTRAINT "delivery_rate_surcharge_whole" CHECK (num_nonnulls("surcharge", "surcharge_above_grams", "surcharge_per_grams") IN (0, 3) AND "surcharge_per_grams" > 0);

-- What every shop has before its staff says otherwise: Germany, and the other members of the European Union, since
-- elsewhere duties would be due.
INSERT INTO "delivery_zone" ("id", "name") VALUES
    ('zone_00000000000000000000000001', 'Germany'),
    ('zone_00000000000000000000000002', 'European Union');
INSERT INTO "delivery_place" ("country", "zone_id") VALUES ('DE', 'zone_00000000000000000000000001');
INSERT INTO "delivery_place" ("country", "zone_id")
    SELECT country, 'zone_00000000000000000000000002'
    FROM unnest(string_to_array('AT BE BG CY CZ DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK', ' ')) AS country;
INSERT INTO "delivery_rate" ("zone_id", "position", "option_id", "title", "currency", "price", "free_from", "minimum_days", "maximum_days",
    "surcharge", "surcharge_above_grams", "surcharge_per_grams") VALUES
    ('zone_00000000000000000000000001', 0, 'standard', 'Standard delivery', 'EUR', 490, 5000, 2, 3, 600, 10000, 10000),
    ('zone_00000000000000000000000001', 1, 'express', 'Express delivery', 'EUR', 990, NULL, 1, 1, 600, 10000, 10000),
    ('zone_00000000000000000000000002', 0, 'standard', 'Standard delivery', 'EUR', 990, 15000, 3, 6, 600, 10000, 10000),
    ('zone_00000000000000000000000002', 1, 'express', 'Express delivery', 'EUR', 1990, NULL, 1, 3, 600, 10000, 10000);

-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "stock_movement_reason" AS ENUM ('SEEDED', 'SET', 'SHIPPED');

-- CreateEnum
CREATE TYPE "reservation_state" AS ENUM ('RESERVED', 'COMMITTED', 'SHIPPED', 'RELEASED', 'EXPIRED');

-- CreateTable
CREATE TABLE "location" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "location_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock" (
    "variant_id" TEXT NOT NULL,
    "location_id" TEXT NOT NULL,
    "on_hand" INTEGER NOT NULL,
    "reserved" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "stock_pkey" PRIMARY KEY ("variant_id","location_id")
);

-- CreateTable
CREATE TABLE "stock_movement" (
    "id" BIGSERIAL NOT NULL,
    "variant_id" TEXT NOT NULL,
    "location_id" TEXT NOT NULL,
    "change" INTEGER NOT NULL,
    "reason" "stock_movement_reason" NOT NULL,
    "order_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_movement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservation" (
    "order_id" TEXT NOT NULL,
    "state" "reservation_state" NOT NULL,
    "previous_state" "reservation_state",
    "location_id" TEXT NOT NULL DEFAULT 'main',
    "variant_ids" TEXT[],
    "quantities" INTEGER[],
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reservation_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "handled" (
    "event_id" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "handled_pkey" PRIMARY KEY ("event_id","consumer")
);

-- CreateIndex
CREATE INDEX "stock_movement_variant_id_location_id_idx" ON "stock_movement"("variant_id", "location_id");

-- AddForeignKey
ALTER TABLE "stock" ADD CONSTRAINT "stock_location_id_fkey" FOREIGN KEY ("location_id") REFERENCES "location"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "stock_movement" ADD CONSTRAINT "stock_movement_variant_id_location_id_fkey" FOREIGN KEY ("variant_id", "location_id") REFERENCES "stock"("variant_id", "location_id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What no statement may break, whatever it forgot.
ALTER TABLE "stock" ADD CONSTRAINT "stock_available_check" CHECK ("reserved" BETWEEN 0 AND "on_hand");
ALTER TABLE "stock_movement" ADD CONSTRAINT "stock_movement_change_check" CHECK ("change" <> 0);
ALTER TABLE "reservation" ADD CONSTRAINT "reservation_lines_check" CHECK (cardinality("variant_ids") = cardinality("quantities"));

-- For the sweeper.
CREATE INDEX "reservation_expiring_idx" ON "reservation"("expires_at") WHERE "state" = 'RESERVED';

INSERT INTO "location" ("id", "title") VALUES ('main', 'Main warehouse');

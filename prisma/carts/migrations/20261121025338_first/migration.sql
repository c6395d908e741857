-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "cart" (
    "id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "status" TEXT NOT NULL DEFAULT 'OPEN',
    "customer_id" TEXT,
    "order_id" TEXT,
    "currency" TEXT NOT NULL,
    "email" TEXT,
    "note" TEXT,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "delivery_address" JSONB,
    "billing_address" JSONB,
    "delivery_option_id" TEXT,
    "snapshot" JSONB,
    "added_keys" TEXT[],
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cart_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "cart_expires_at_idx" ON "cart"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "cart_one_per_customer" ON "cart"("customer_id") WHERE (status <> 'CLOSED') AND (status <> 'CLAIMED');

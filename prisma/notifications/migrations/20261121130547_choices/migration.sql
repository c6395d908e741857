-- CreateTable
CREATE TABLE "preference" (
    "customer_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "wanted" BOOLEAN NOT NULL,

    CONSTRAINT "preference_pkey" PRIMARY KEY ("customer_id","kind","channel")
);

-- CreateTable
CREATE TABLE "device" (
    "customer_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "device_pkey" PRIMARY KEY ("customer_id","channel","address")
);

-- CreateTable
CREATE TABLE "unsubscribed" (
    "email" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "unsubscribed_pkey" PRIMARY KEY ("email","kind")
);

-- CreateTable
CREATE TABLE "stock_wish" (
    "id" TEXT NOT NULL,
    "variant_id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "customer_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "stock_wish_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scheduled" (
    "name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "fence" INTEGER NOT NULL,

    CONSTRAINT "scheduled_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "stock_wish_email_idx" ON "stock_wish"("email");

-- CreateIndex
CREATE INDEX "stock_wish_created_at_idx" ON "stock_wish"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "stock_wish_variant_id_email_key" ON "stock_wish"("variant_id", "email");

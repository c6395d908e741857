-- CreateTable
CREATE TABLE "currency" (
    "code" CHAR(3) NOT NULL,
    "sold" BOOLEAN NOT NULL DEFAULT false,
    "round_to" BIGINT NOT NULL DEFAULT 1,
    "rate" TEXT,
    "rate_at" TIMESTAMPTZ(3),
    "own_rate" TEXT,
    "own_at" TIMESTAMPTZ(3),

    CONSTRAINT "currency_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "rate_table" (
    "id" BIGSERIAL NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rates" JSONB NOT NULL,

    CONSTRAINT "rate_table_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fixed_price" (
    "variant_id" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "price" BIGINT NOT NULL,
    "compare_at_price" BIGINT,

    CONSTRAINT "fixed_price_pkey" PRIMARY KEY ("variant_id","currency")
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
CREATE INDEX "rate_table_since_idx" ON "rate_table"("since");

-- CreateIndex
CREATE INDEX "fixed_price_currency_idx" ON "fixed_price"("currency");

-- What Prisma cannot say.
ALTER TABLE "currency" ADD CONSTRAINT "currency_rounds_to_something" CHECK ("round_to" > 0);
ALTER TABLE "fixed_price" ADD CONSTRAINT "fixed_price_costs_something" CHECK ("price" >= 0 AND ("compare_at_price" IS NULL OR "compare_at_price" > "price"));

-- CreateTable
CREATE TABLE "promotion" (
    "id" TEXT NOT NULL,
    "code" TEXT,
    "title" TEXT NOT NULL,
    "percent_off" INTEGER,
    "amount_off" BIGINT,
    "free_shipping" BOOLEAN NOT NULL DEFAULT false,
    "currency" CHAR(3) NOT NULL,
    "minimum_subtotal" BIGINT,
    "combines" BOOLEAN NOT NULL DEFAULT false,
    "usage_limit" INTEGER,
    "usage_limit_per_customer" INTEGER,
    "times_used" INTEGER NOT NULL DEFAULT 0,
    "starts_at" TIMESTAMPTZ(3),
    "ends_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "promotion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "code_use" (
    "order_id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "code_use_pkey" PRIMARY KEY ("order_id")
);

-- CreateTable
CREATE TABLE "redemption" (
    "order_id" TEXT NOT NULL,
    "promotion_id" TEXT NOT NULL,
    "customer_id" TEXT,
    "email" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "redemption_pkey" PRIMARY KEY ("order_id","promotion_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "promotion_code_key" ON "promotion"("code");

-- CreateIndex
CREATE INDEX "promotion_created_at_id_idx" ON "promotion"("created_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "code_use_at_idx" ON "code_use"("at");

-- CreateIndex
CREATE INDEX "redemption_promotion_id_email_idx" ON "redemption"("promotion_id", "email");

-- CreateIndex
CREATE INDEX "redemption_promotion_id_customer_id_idx" ON "redemption"("promotion_id", "customer_id");

-- AddForeignKey
ALTER TABLE "redemption" ADD CONSTRAINT "redemption_promotion_id_fkey" FOREIGN KEY ("promotion_id") REFERENCES "promotion"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma cannot say.
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_used_within_limit" CHECK ("times_used" >= 0 AND ("usage_limit" IS NULL OR "times_used" <= "usage_limit"));
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_gives_one_thing" CHECK (num_nonnulls("percent_off", "amount_off", NULLIF("free_shipping", false)) = 1);
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_limits_need_code" CHECK ("code" IS NOT NULL OR ("usage_limit" IS NULL AND "usage_limit_per_customer" IS NULL));

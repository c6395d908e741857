-- CreateTable
CREATE TABLE "gift_card" (
    "id" TEXT NOT NULL,
    "code_hash" TEXT NOT NULL,
    "ending" TEXT NOT NULL,
    "currency" CHAR(3) NOT NULL,
    "amount" BIGINT NOT NULL,
    "balance" BIGINT NOT NULL,
    "note" TEXT,
    "issue_key" TEXT NOT NULL,
    "issued_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gift_card_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gift_use" (
    "id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "card_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "refunded" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gift_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gift_refund" (
    "key" TEXT NOT NULL,
    "use_id" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "gift_refund_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE UNIQUE INDEX "gift_card_code_hash_key" ON "gift_card"("code_hash");

-- CreateIndex
CREATE UNIQUE INDEX "gift_use_key_key" ON "gift_use"("key");

-- CreateIndex
CREATE INDEX "gift_use_card_id_idx" ON "gift_use"("card_id");

-- What Prisma cannot say.
ALTER TABLE "gift_card" ADD CONSTRAINT "gift_card_balance" CHECK ("balance" BETWEEN 0 AND "amount");
ALTER TABLE "gift_use" ADD CONSTRAINT "gift_use_refunded" CHECK ("refunded" BETWEEN 0 AND "amount");

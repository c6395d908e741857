-- DropIndex
DROP INDEX "payment_order_id_key";

-- AlterTable
ALTER TABLE "payment" ADD COLUMN     "charge" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "look_at" TIMESTAMPTZ(3),
ADD COLUMN     "movements" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "test_intent" ADD COLUMN     "hidden_until" TIMESTAMPTZ(3),
ADD COLUMN     "token" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "ledger_entry" (
    "payment_id" TEXT NOT NULL,
    "movement" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("payment_id","movement","account")
);

-- CreateTable
CREATE TABLE "refund" (
    "id" TEXT NOT NULL,
    "refund_id" TEXT,
    "order_id" TEXT NOT NULL,
    "payment_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'PENDING',
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "provider_ref" TEXT,
    "reason" TEXT,
    "refusal" JSONB,
    "look_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reconciliation" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "payments" INTEGER NOT NULL,
    "refunds" INTEGER NOT NULL,
    "differences" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "reconciliation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "scheduled" (
    "name" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,
    "fence" INTEGER NOT NULL,

    CONSTRAINT "scheduled_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "test_refund" (
    "id" TEXT NOT NULL,
    "idempotency_key" TEXT,
    "intent_id" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "becomes" TEXT,
    "becomes_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "test_refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "test_webhook" (
    "id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "test_webhook_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "ledger_entry_at_idx" ON "ledger_entry" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "refund_order_id_idx" ON "refund"("order_id");

-- CreateIndex
CREATE INDEX "refund_created_at_idx" ON "refund"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "reconciliation_provider_since_key" ON "reconciliation"("provider", "since");

-- CreateIndex
CREATE UNIQUE INDEX "test_refund_idempotency_key_key" ON "test_refund"("idempotency_key");

-- CreateIndex
CREATE INDEX "test_webhook_due_at_idx" ON "test_webhook"("due_at");

-- CreateIndex
CREATE UNIQUE INDEX "payment_order_id_charge_key" ON "payment"("order_id", "charge");

-- What no write may break, whoever makes it.
ALTER TABLE "payment"
  ADD CONSTRAINT "payment_captured_within" CHECK (captured BETWEEN 0 AND amount),
  ADD CONSTRAINT "payment_refunded_within" CHECK (refunded BETWEEN 0 AND captured);
ALTER TABLE "refund" ADD CONSTRAINT "refund_positive" CHECK (amount > 0);
ALTER TABLE "test_intent"
  ADD CONSTRAINT "test_intent_captured_within" CHECK (captured BETWEEN 0 AND amount),
  ADD CONSTRAINT "test_intent_refunded_within" CHECK (refunded BETWEEN 0 AND captured);

-- What waits for the sweeper; a purchase as usual is never in them.
CREATE INDEX "payment_look_at" ON "payment" ("look_at") WHERE look_at IS NOT NULL;
CREATE INDEX "refund_look_at" ON "refund" ("look_at") WHERE look_at IS NOT NULL;
CREATE INDEX "test_refund_becomes_at" ON "test_refund" ("becomes_at") WHERE becomes_at IS NOT NULL;

-- An amount as events carry it, e.g. 4490 with 2 digits is 44.90.
CREATE FUNCTION "decimal_of"(minor numeric, digits int) RETURNS text
  LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN round(minor / 10::numeric ^ digits, digits)::text;

-- The ledger of what there was before it.
UPDATE "payment" SET movements = CASE status WHEN 'AUTHORIZED' THEN 1 WHEN 'PAID' THEN 2 WHEN 'REFUNDED' THEN 4 ELSE 0 END;
INSERT INTO "ledger_entry" (payment_id, movement, account, kind, amount)
SELECT p.id, m.movement, m.account, m.kind, m.sign * p.amount
FROM "payment" p, (VALUES
  (1, 'held', 'authorize', 1), (1, 'customer', 'authorize', -1),
  (2, 'clearing', 'capture', 1), (2, 'held', 'capture', -1),
  (3, 'returning', 'refund', 1), (3, 'clearing', 'refund', -1),
  (4, 'customer', 'refunded', 1), (4, 'returning', 'refunded', -1)) AS m(movement, account, kind, sign)
WHERE m.movement <= p.movements;

-- AlterTable
ALTER TABLE "order_event" ADD COLUMN     "xid" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint;

-- AlterTable
ALTER TABLE "order_line" ADD COLUMN     "refunded" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "returned" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "shipped" INTEGER NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "orders" ADD COLUMN     "has_returns" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "payment_sequence" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "refund" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "amount" BIGINT NOT NULL,
    "reason" TEXT,
    "lines" JSONB NOT NULL DEFAULT '[]',
    "return_id" TEXT,
    "status" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "refund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_return" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "request_hash" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "order_return_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "order_return_line" (
    "return_id" TEXT NOT NULL,
    "line_id" TEXT NOT NULL,
    "quantity" INTEGER NOT NULL,

    CONSTRAINT "order_return_line_pkey" PRIMARY KEY ("return_id","line_id")
);

-- CreateTable
CREATE TABLE "lookup_token" (
    "hash" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "lookup_token_pkey" PRIMARY KEY ("hash")
);

-- CreateIndex
CREATE UNIQUE INDEX "refund_return_id_key" ON "refund"("return_id");

-- CreateIndex
CREATE UNIQUE INDEX "refund_order_id_key_key" ON "refund"("order_id", "key");

-- CreateIndex
CREATE INDEX "order_return_requested_at_idx" ON "order_return"("requested_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "order_return_order_id_key_key" ON "order_return"("order_id", "key");

-- CreateIndex
CREATE INDEX "lookup_token_expires_at_idx" ON "lookup_token"("expires_at");

-- CreateIndex
CREATE INDEX "order_event_xid_at_idx" ON "order_event" USING BRIN ("xid", "at");

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "refund" ADD CONSTRAINT "refund_return_id_fkey" FOREIGN KEY ("return_id") REFERENCES "order_return"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_return" ADD CONSTRAINT "order_return_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "order_return_line" ADD CONSTRAINT "order_return_line_return_id_fkey" FOREIGN KEY ("return_id") REFERENCES "order_return"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lookup_token" ADD CONSTRAINT "lookup_token_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Staff find an order by the beginning of its number or e-mail; a registration finds its guest orders by the latter.
ALTER TABLE "orders" ALTER COLUMN "number" TYPE TEXT COLLATE "C";
CREATE INDEX "orders_email" ON "orders"(lower("email") text_pattern_ops);

-- Units go out, come back and are paid for once.
ALTER TABLE "order_line" ADD CONSTRAINT "order_line_units" CHECK (
  "returned" BETWEEN 0 AND "quantity" AND "refunded" BETWEEN 0 AND "quantity" AND "shipped" BETWEEN 0 AND "quantity");

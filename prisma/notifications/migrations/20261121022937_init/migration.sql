-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "inbox" (
    "customer_id" TEXT NOT NULL,
    "last_seq" INTEGER NOT NULL,

    CONSTRAINT "inbox_pkey" PRIMARY KEY ("customer_id")
);

-- CreateTable
CREATE TABLE "notification" (
    "id" TEXT NOT NULL,
    "customer_id" TEXT NOT NULL,
    "seq" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "order_id" TEXT,
    "order_number" TEXT,
    "read_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "mailbox" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT NOT NULL,
    "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "mailbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handled" (
    "event_id" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "handled_pkey" PRIMARY KEY ("event_id","consumer")
);

-- CreateIndex
CREATE INDEX "notification_unread" ON "notification"("customer_id") WHERE (read_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "notification_customer_id_seq_key" ON "notification"("customer_id", "seq");

-- CreateIndex
CREATE INDEX "mailbox_sent_at_idx" ON "mailbox"("sent_at");

-- CreateIndex
CREATE UNIQUE INDEX "mailbox_kind_subject_id_key" ON "mailbox"("kind", "subject_id");

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "inbox"("customer_id") ON DELETE RESTRICT ON UPDATE CASCADE;

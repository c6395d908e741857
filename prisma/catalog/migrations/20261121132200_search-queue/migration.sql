-- CreateTable
CREATE TABLE "search_queue" (
    "id" BIGSERIAL NOT NULL,
    "product_id" TEXT NOT NULL,

    CONSTRAINT "search_queue_pkey" PRIMARY KEY ("id")
);

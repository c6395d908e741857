-- CreateTable
CREATE TABLE "units_told" (
    "product_id" TEXT NOT NULL,
    "units" BIGINT NOT NULL,

    CONSTRAINT "units_told_pkey" PRIMARY KEY ("product_id")
);

-- Younger news have greater numbers.
CREATE SEQUENCE "units_news_sequence";

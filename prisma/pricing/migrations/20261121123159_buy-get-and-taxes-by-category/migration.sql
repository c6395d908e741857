-- AlterTable
ALTER TABLE "promotion" ADD COLUMN     "buy_quantity" INTEGER,
ADD COLUMN     "category_ids" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "exclusive" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "get_quantity" INTEGER,
ADD COLUMN     "priority" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "product_ids" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "tax_rate" DROP CONSTRAINT "tax_rate_pkey",
ADD COLUMN     "category_id" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "included" BOOLEAN NOT NULL DEFAULT true,
ADD CONSTRAINT "tax_rate_pkey" PRIMARY KEY ("country", "category_id", "valid_from");

-- What Prisma cannot say.
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_buys_and_gets" CHECK (num_nonnulls("buy_quantity", "get_quantity") = 0 OR "buy_quantity" > 0 AND "get_quantity" > 0 AND "percent_off" IS NOT NULL);
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_stacks_one_way" CHECK (NOT ("combines" AND "exclusive"));

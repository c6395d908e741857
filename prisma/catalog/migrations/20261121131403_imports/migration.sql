-- CreateTable
CREATE TABLE "import_job" (
    "id" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "seller_ids" TEXT[],
    "all_sellers" BOOLEAN NOT NULL,
    "seller" TEXT,
    "dry_run" BOOLEAN NOT NULL,
    "report" JSONB,
    "failure" TEXT,
    "lease_until" TIMESTAMPTZ(3),
    "fence" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "import_job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "import_part" (
    "import_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "import_part_pkey" PRIMARY KEY ("import_id","number")
);

-- CreateIndex
CREATE INDEX "import_job_state_idx" ON "import_job"("state");

-- AddForeignKey
ALTER TABLE "import_part" ADD CONSTRAINT "import_part_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "import_job"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The job that a row went into first, so that adding it again makes the same job.
ALTER TABLE "outbox" ADD COLUMN "job" TEXT;

-- CreateTable
CREATE TABLE "rating_turn" (
    "id" BIGSERIAL NOT NULL,
    "product_id" TEXT NOT NULL,

    CONSTRAINT "rating_turn_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "consumer" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "added_at" TIMESTAMPTZ(3),
    "job" TEXT,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "outbox_added_at_created_at_idx" ON "outbox"("added_at", "created_at");

-- Younger news have greater numbers.
CREATE SEQUENCE "rating_news_sequence";

CREATE FUNCTION note_rating_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO rating_turn (product_id) VALUES (NEW.product_id);
  RETURN NULL;
END $$;

CREATE TRIGGER rating_turned AFTER INSERT OR UPDATE ON rating FOR EACH ROW EXECUTE FUNCTION note_rating_turn();

-- What is there already.
INSERT INTO "rating_turn" ("product_id") SELECT product_id FROM rating;

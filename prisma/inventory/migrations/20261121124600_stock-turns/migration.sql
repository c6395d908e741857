-- CreateTable
CREATE TABLE "stock_turn" (
    "id" BIGSERIAL NOT NULL,
    "variant_id" TEXT NOT NULL,

    CONSTRAINT "stock_turn_pkey" PRIMARY KEY ("id")
);

-- Younger news have greater numbers.
CREATE SEQUENCE "stock_news_sequence";

CREATE FUNCTION note_stock_turn() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO stock_turn (variant_id) VALUES (NEW.variant_id);
  RETURN NULL;
END $$;

-- Triggers, so that none of the statements that move stock can forget it; a purchase pays for the comparison alone.
CREATE TRIGGER stock_came AFTER INSERT ON stock FOR EACH ROW
  WHEN (NEW.on_hand > NEW.reserved) EXECUTE FUNCTION note_stock_turn();
CREATE TRIGGER stock_turned AFTER UPDATE ON stock FOR EACH ROW
  WHEN ((OLD.on_hand > OLD.reserved) <> (NEW.on_hand > NEW.reserved)) EXECUTE FUNCTION note_stock_turn();

-- What is there already.
INSERT INTO "stock_turn" ("variant_id") SELECT DISTINCT variant_id FROM stock;

-- CreateTable
CREATE TABLE "upload" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "image_id" TEXT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "upload_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "image_request" (
    "id" TEXT NOT NULL,
    "product_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "alt" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "image_id" TEXT,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3),
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "image_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "loose_file" (
    "key" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "loose_file_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "upload_expires_at_idx" ON "upload"("expires_at");

-- CreateIndex
CREATE UNIQUE INDEX "image_request_image_id_key" ON "image_request"("image_id");

-- CreateIndex
CREATE UNIQUE INDEX "image_request_product_id_url_key" ON "image_request"("product_id", "url");

-- CreateIndex
CREATE INDEX "loose_file_since_idx" ON "loose_file"("since");

-- What is still to be fetched, the earliest first.
CREATE INDEX "image_request_due_at_idx" ON "image_request"("due_at") WHERE "due_at" IS NOT NULL;

-- Two writers at once: the second must read what the first wrote. An UPDATE that waited for a lock still reads other
-- tables as they were before it waited, so the lock comes first and the reading in a statement of its own.
CREATE OR REPLACE FUNCTION refresh_product_parts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM product WHERE id IN (SELECT product_id FROM changed) ORDER BY id FOR NO KEY UPDATE;
  UPDATE product p SET parts = json_build_object(
    'images', (SELECT coalesce(json_agg(json_build_object('id', i.id, 'key', i.key, 'alt', i.alt, 'width', i.width,
        'height', i.height, 'blurDataUrl', i.blur_data_url) ORDER BY i.position, i.id), '[]')
      FROM image i WHERE i.product_id = p.id),
    'variants', (SELECT coalesce(json_agg(json_build_object('id', v.id, 'sku', v.sku, 'options', v.options, 'imageId',
        v.image_id, 'price', v.price, 'compareAtPrice', v.compare_at_price, 'weightGrams', v.weight_grams)
        ORDER BY v.position), '[]')
      FROM variant v WHERE v.product_id = p.id AND v.published))
  WHERE p.id IN (SELECT product_id FROM changed);
  RETURN NULL;
END $$;

-- Whoever deletes images, their files are not forgotten; and an address whose picture was deleted may be asked for again.
CREATE FUNCTION let_go_of_files() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO loose_file (key) SELECT key FROM changed ON CONFLICT (key) DO UPDATE SET since = now();
  DELETE FROM image_request WHERE image_id IN (SELECT id FROM changed);
  RETURN NULL;
END $$;
CREATE TRIGGER image_files_let_go AFTER DELETE ON image REFERENCING OLD TABLE AS changed
  FOR EACH STATEMENT EXECUTE FUNCTION let_go_of_files();

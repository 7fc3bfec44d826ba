-- CreateTable
CREATE TABLE "embedding_cache" (
    "model" TEXT NOT NULL,
    "text_sha256" TEXT NOT NULL,
    "embedding" REAL[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "embedding_cache_pkey" PRIMARY KEY ("model", "text_sha256")
);

-- CreateIndex
CREATE INDEX "embedding_cache_created_at_idx" ON "embedding_cache"("created_at");

-- What Prisma's schema language cannot say.
ALTER TABLE "embedding_cache"
    ALTER COLUMN "embedding" SET NOT NULL,
    ADD CONSTRAINT "embedding_cache_model_not_blank" CHECK (btrim("model") <> ''),
    ADD CONSTRAINT "embedding_cache_text_sha256" CHECK ("text_sha256" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "embedding_cache_embedding_not_empty" CHECK (cardinality("embedding") > 0);

GRANT SELECT, INSERT, DELETE ON "embedding_cache" TO "aiq_question_service";

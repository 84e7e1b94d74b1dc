-- AlterTable
ALTER TABLE "miss" ADD COLUMN     "decision_id" BIGINT;

-- CreateTable
CREATE TABLE "revision" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "content_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "content" JSONB NOT NULL,
    "base_hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "approver" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_at" TIMESTAMPTZ(3),
    "merged_at" TIMESTAMPTZ(3),

    CONSTRAINT "revision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "content_version" (
    "hash" TEXT NOT NULL,
    "thresholds" JSONB,
    "gold" JSONB,
    "confusable" JSONB,
    "wanted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "computed_at" TIMESTAMPTZ(3),

    CONSTRAINT "content_version_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "miss_decision" (
    "id" BIGSERIAL NOT NULL,
    "action" TEXT NOT NULL,
    "content_id" TEXT NOT NULL DEFAULT '',
    "questions" TEXT[],
    "tongue" TEXT NOT NULL,
    "account" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "miss_decision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "revision_content_id_number_key" ON "revision"("content_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "revision_open" ON "revision"("content_id") WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text]));

-- CreateIndex
CREATE UNIQUE INDEX "revision_published" ON "revision"("content_id") WHERE (state = 'published'::text);

-- CreateIndex
CREATE INDEX "miss_decision_id_idx" ON "miss"("decision_id");

-- AddForeignKey
ALTER TABLE "miss" ADD CONSTRAINT "miss_decision_id_fkey" FOREIGN KEY ("decision_id") REFERENCES "miss_decision"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AlterTable
ALTER TABLE "media" ADD COLUMN     "height" INTEGER,
ADD COLUMN     "seconds" DOUBLE PRECISION,
ADD COLUMN     "sha256" TEXT,
ADD COLUMN     "thumbnail_id" TEXT,
ADD COLUMN     "width" INTEGER;

-- Rows that are there already get their hash.
UPDATE "media" SET "sha256" = encode(sha256("bytes"), 'hex');
ALTER TABLE "media" ALTER COLUMN "sha256" SET NOT NULL;

-- Kept as they are: most files are packed already, and a part of a packed value costs the whole of it.
ALTER TABLE "media" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;

-- CreateTable
CREATE TABLE "channel_file" (
    "channel" TEXT NOT NULL,
    "bot_id" TEXT NOT NULL,
    "media_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "file_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "channel_file_pkey" PRIMARY KEY ("channel","bot_id","media_id","kind")
);

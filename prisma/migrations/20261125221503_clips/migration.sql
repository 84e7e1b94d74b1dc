-- CreateTable
CREATE TABLE "clip_answer" (
    "person_id" UUID NOT NULL,
    "clip_id" TEXT NOT NULL,
    "correct" BOOLEAN NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clip_answer_pkey" PRIMARY KEY ("person_id","clip_id")
);

-- CreateTable
CREATE TABLE "clip_series" (
    "address_id" UUID NOT NULL,
    "hour" INTEGER NOT NULL,
    "next_on" DATE NOT NULL,
    "sent" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clip_series_pkey" PRIMARY KEY ("address_id")
);

-- CreateTable
CREATE TABLE "clip_count" (
    "id" BIGSERIAL NOT NULL,
    "day" DATE NOT NULL,
    "clip_id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "kind" TEXT NOT NULL,

    CONSTRAINT "clip_count_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "clip_series_next_on_idx" ON "clip_series"("next_on");

-- CreateIndex
CREATE INDEX "clip_count_clip_id_idx" ON "clip_count"("clip_id");

-- AddForeignKey
ALTER TABLE "clip_answer" ADD CONSTRAINT "clip_answer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clip_series" ADD CONSTRAINT "clip_series_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "clip_video" (
    "clip_id" TEXT NOT NULL,
    "variant" TEXT NOT NULL,
    "video_id" TEXT NOT NULL,
    "captions_id" TEXT NOT NULL,
    "thumbnail_id" TEXT NOT NULL,
    "seconds" DOUBLE PRECISION NOT NULL,
    "bytes" INTEGER NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "clip_video_pkey" PRIMARY KEY ("clip_id","variant")
);

-- CreateTable
CREATE TABLE "poll" (
    "id" SERIAL NOT NULL,
    "form" TEXT NOT NULL,
    "title" JSONB,
    "status" TEXT NOT NULL DEFAULT 'draft',
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "opened_at" TIMESTAMPTZ(3),
    "closed_at" TIMESTAMPTZ(3),
    "promise_by" DATE,
    "outcome" JSONB,
    "outcome_at" TIMESTAMPTZ(3),
    "results_told_at" TIMESTAMPTZ(3),
    "outcome_told_at" TIMESTAMPTZ(3),
    "salt" TEXT NOT NULL DEFAULT gen_random_uuid(),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "poll_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "poll_question" (
    "id" SERIAL NOT NULL,
    "poll_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "text" JSONB NOT NULL,
    "options" JSONB NOT NULL,
    "max" INTEGER NOT NULL,

    CONSTRAINT "poll_question_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vote" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "question_id" INTEGER NOT NULL,
    "person_id" UUID,
    "options" TEXT[],
    "text" TEXT,
    "channel" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "community" TEXT,
    "partial" BOOLEAN NOT NULL DEFAULT false,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "review" TEXT,
    "reason" TEXT,
    "published" TEXT,

    CONSTRAINT "vote_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "survey_progress" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "poll_id" INTEGER NOT NULL,
    "person_id" UUID,
    "position" INTEGER NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "finished" BOOLEAN NOT NULL DEFAULT false,
    "reminded_at" TIMESTAMPTZ(3),

    CONSTRAINT "survey_progress_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "spent_voice" (
    "poll_id" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "spent_voice_pkey" PRIMARY KEY ("poll_id","hash")
);

-- CreateTable
CREATE TABLE "poll_picture" (
    "poll_id" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "media_id" TEXT NOT NULL,

    CONSTRAINT "poll_picture_pkey" PRIMARY KEY ("poll_id","language")
);

-- CreateIndex
CREATE INDEX "poll_status_idx" ON "poll"("status");

-- CreateIndex
CREATE UNIQUE INDEX "poll_question_poll_id_position_key" ON "poll_question"("poll_id", "position");

-- CreateIndex
CREATE INDEX "vote_person_id_idx" ON "vote"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "vote_question_id_person_id_key" ON "vote"("question_id", "person_id");

-- CreateIndex
CREATE INDEX "survey_progress_person_id_idx" ON "survey_progress"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "survey_progress_poll_id_person_id_key" ON "survey_progress"("poll_id", "person_id");

-- AddForeignKey
ALTER TABLE "poll_question" ADD CONSTRAINT "poll_question_poll_id_fkey" FOREIGN KEY ("poll_id") REFERENCES "poll"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_question_id_fkey" FOREIGN KEY ("question_id") REFERENCES "poll_question"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_progress" ADD CONSTRAINT "survey_progress_poll_id_fkey" FOREIGN KEY ("poll_id") REFERENCES "poll"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "survey_progress" ADD CONSTRAINT "survey_progress_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "spent_voice" ADD CONSTRAINT "spent_voice_poll_id_fkey" FOREIGN KEY ("poll_id") REFERENCES "poll"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "poll_picture" ADD CONSTRAINT "poll_picture_poll_id_fkey" FOREIGN KEY ("poll_id") REFERENCES "poll"("id") ON DELETE CASCADE ON UPDATE CASCADE;

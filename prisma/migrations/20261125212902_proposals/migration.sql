-- CreateTable
CREATE TABLE "proposal" (
    "id" SERIAL NOT NULL,
    "reference" TEXT NOT NULL,
    "person_id" UUID,
    "category" TEXT NOT NULL,
    "text" TEXT,
    "community" TEXT,
    "channel" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'received',
    "department" TEXT,
    "reason" TEXT,
    "answer" JSONB,
    "publication" TEXT NOT NULL DEFAULT 'waiting',
    "published" TEXT,
    "refusal" TEXT,
    "photo_published" BOOLEAN NOT NULL DEFAULT false,
    "photo_id" TEXT,
    "photo_ref" TEXT,
    "photo_attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "proposal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "proposal_reference_key" ON "proposal"("reference");

-- CreateIndex
CREATE INDEX "proposal_person_id_idx" ON "proposal"("person_id");

-- CreateIndex
CREATE INDEX "proposal_state_idx" ON "proposal"("state");

-- CreateIndex
CREATE INDEX "proposal_photo_awaited" ON "proposal"("id") WHERE (photo_ref IS NOT NULL);

-- AddForeignKey
ALTER TABLE "proposal" ADD CONSTRAINT "proposal_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

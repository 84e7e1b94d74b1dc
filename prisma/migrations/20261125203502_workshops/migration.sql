-- CreateTable
CREATE TABLE "workshop" (
    "id" SERIAL NOT NULL,
    "status" TEXT NOT NULL,
    "title" JSONB NOT NULL,
    "description" JSONB NOT NULL,
    "agenda" JSONB NOT NULL,
    "accessibility" JSONB NOT NULL,
    "community" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "lat" DOUBLE PRECISION,
    "lon" DOUBLE PRECISION,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "capacity" INTEGER NOT NULL,
    "guests_max" INTEGER NOT NULL,
    "languages" TEXT[],
    "opens_at" TIMESTAMPTZ(3),
    "closes_at" TIMESTAMPTZ(3),
    "offer_minutes" INTEGER NOT NULL,
    "door_code" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "told" JSONB,
    "tell_at" TIMESTAMPTZ(3),
    "start_set_at" TIMESTAMPTZ(3) NOT NULL,
    "walk_ins" INTEGER NOT NULL DEFAULT 0,
    "minutes" JSONB,
    "minutes_at" TIMESTAMPTZ(3),
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workshop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "registration" (
    "id" BIGSERIAL NOT NULL,
    "workshop_id" INTEGER NOT NULL,
    "person_id" UUID,
    "address_id" UUID,
    "status" TEXT NOT NULL,
    "guests" INTEGER NOT NULL,
    "position" INTEGER,
    "offered_until" TIMESTAMPTZ(3),
    "code" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workshop_notice" (
    "id" BIGSERIAL NOT NULL,
    "registration_id" BIGINT NOT NULL,
    "kind" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "details" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "told_at" TIMESTAMPTZ(3),

    CONSTRAINT "workshop_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workshop_feedback" (
    "id" BIGSERIAL NOT NULL,
    "workshop_id" INTEGER NOT NULL,
    "person_id" UUID,
    "rating" SMALLINT NOT NULL,
    "text" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "workshop_feedback_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "workshop_request" (
    "id" BIGSERIAL NOT NULL,
    "person_id" UUID NOT NULL,
    "address_id" UUID,
    "community" TEXT,
    "text" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reply" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "workshop_request_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "workshop_starts_at_idx" ON "workshop"("starts_at");

-- CreateIndex
CREATE INDEX "registration_person_id_idx" ON "registration"("person_id");

-- CreateIndex
CREATE INDEX "registration_address_id_idx" ON "registration"("address_id");

-- CreateIndex
CREATE INDEX "registration_waiting" ON "registration"("workshop_id", "position") WHERE (status = 'waiting');

-- CreateIndex
CREATE INDEX "registration_offered" ON "registration"("offered_until") WHERE (status = 'offered');

-- CreateIndex
CREATE UNIQUE INDEX "registration_workshop_id_person_id_key" ON "registration"("workshop_id", "person_id");

-- CreateIndex
CREATE UNIQUE INDEX "registration_workshop_id_code_key" ON "registration"("workshop_id", "code");

-- CreateIndex
CREATE INDEX "workshop_notice_untold" ON "workshop_notice"("id") WHERE (told_at IS NULL);

-- CreateIndex
CREATE UNIQUE INDEX "workshop_notice_registration_id_kind_about_key" ON "workshop_notice"("registration_id", "kind", "about");

-- CreateIndex
CREATE INDEX "workshop_feedback_person_id_idx" ON "workshop_feedback"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "workshop_feedback_workshop_id_person_id_key" ON "workshop_feedback"("workshop_id", "person_id");

-- CreateIndex
CREATE INDEX "workshop_request_person_id_idx" ON "workshop_request"("person_id");

-- CreateIndex
CREATE INDEX "workshop_request_address_id_idx" ON "workshop_request"("address_id");

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_workshop_id_fkey" FOREIGN KEY ("workshop_id") REFERENCES "workshop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "registration" ADD CONSTRAINT "registration_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workshop_notice" ADD CONSTRAINT "workshop_notice_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "registration"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workshop_feedback" ADD CONSTRAINT "workshop_feedback_workshop_id_fkey" FOREIGN KEY ("workshop_id") REFERENCES "workshop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workshop_feedback" ADD CONSTRAINT "workshop_feedback_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workshop_request" ADD CONSTRAINT "workshop_request_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "workshop_request" ADD CONSTRAINT "workshop_request_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE SET NULL ON UPDATE CASCADE;

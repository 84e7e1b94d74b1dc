-- CreateTable
CREATE TABLE "announcement" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "status" TEXT NOT NULL DEFAULT 'draft',
    "message" JSONB NOT NULL,
    "attached" JSONB NOT NULL DEFAULT '{}',
    "audience" JSONB NOT NULL,
    "send_at" TIMESTAMPTZ(3),
    "override" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "written_by" UUID,
    "wanted_at" TIMESTAMPTZ(3),
    "approved_at" TIMESTAMPTZ(3),
    "approved_by" UUID,
    "started_at" TIMESTAMPTZ(3),
    "started_by" UUID,
    "rendered" JSONB,
    "planned_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "announcement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" BIGSERIAL NOT NULL,
    "announcement_id" UUID NOT NULL,
    "person_id" UUID,
    "channel" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "outbox_id" BIGINT,
    "paid" BOOLEAN NOT NULL DEFAULT false,
    "alone" BOOLEAN NOT NULL DEFAULT false,
    "not_before" TIMESTAMPTZ(3),
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel_rate" (
    "channel" TEXT NOT NULL,
    "free_at" TIMESTAMPTZ(6) NOT NULL,
    "paused_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_rate_pkey" PRIMARY KEY ("channel")
);

-- CreateIndex
CREATE INDEX "announcement_created_at_idx" ON "announcement"("created_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_outbox_id_key" ON "delivery"("outbox_id");

-- CreateIndex
CREATE INDEX "delivery_announcement_id_status_channel_id_idx" ON "delivery"("announcement_id", "status", "channel", "id");

-- CreateIndex
CREATE INDEX "delivery_paid" ON "delivery"("at") WHERE (paid);

-- CreateIndex
CREATE UNIQUE INDEX "delivery_person_id_announcement_id_key" ON "delivery"("person_id", "announcement_id");

-- AddForeignKey
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_written_by_fkey" FOREIGN KEY ("written_by") REFERENCES "staff_account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_approved_by_fkey" FOREIGN KEY ("approved_by") REFERENCES "staff_account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "announcement" ADD CONSTRAINT "announcement_started_by_fkey" FOREIGN KEY ("started_by") REFERENCES "staff_account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_announcement_id_fkey" FOREIGN KEY ("announcement_id") REFERENCES "announcement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_outbox_id_fkey" FOREIGN KEY ("outbox_id") REFERENCES "outbox"("id") ON DELETE SET NULL ON UPDATE CASCADE;


-- A delivery follows its outbox row, whoever settles that: no writer can forget the ledger. What staff have
-- decided about one that was in doubt stays.
CREATE FUNCTION "delivery_follows_outbox"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "delivery" SET "status" = NEW."status", "reason" = NEW."reason", "at" = now()
  WHERE "outbox_id" = NEW."id" AND "reason" IS DISTINCT FROM 'confirmed';
  RETURN NULL;
END
$$;

CREATE TRIGGER "delivery_follows_outbox" AFTER UPDATE OF "status" ON "outbox" FOR EACH ROW
  WHEN (NEW."lane" = 'bulk' AND NEW."settled_at" IS NOT NULL AND NEW."status" <> OLD."status")
  EXECUTE FUNCTION "delivery_follows_outbox"();

-- CreateTable
CREATE TABLE "reminder" (
    "id" BIGSERIAL NOT NULL,
    "address_id" UUID NOT NULL,
    "guide_id" TEXT NOT NULL,
    "deadline_id" TEXT NOT NULL,
    "due_on" DATE NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reminder_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "reminder_due_on_idx" ON "reminder"("due_on");

-- CreateIndex
CREATE UNIQUE INDEX "reminder_address_id_guide_id_deadline_id_due_on_key" ON "reminder"("address_id", "guide_id", "deadline_id", "due_on");

-- AddForeignKey
ALTER TABLE "reminder" ADD CONSTRAINT "reminder_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- CreateTable
CREATE TABLE "citizen_case" (
    "reference" TEXT NOT NULL,
    "address_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "expected_on" DATE NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "assignee_id" UUID,
    "department" TEXT,
    "closed_at" TIMESTAMPTZ(3),
    "closed_by" TEXT,
    "close_reason" TEXT,

    CONSTRAINT "citizen_case_pkey" PRIMARY KEY ("reference")
);

-- CreateTable
CREATE TABLE "case_message" (
    "id" BIGSERIAL NOT NULL,
    "reference" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "address_id" UUID,
    "author" TEXT,
    "outbox_id" BIGINT,
    "outcome" TEXT,
    "reason" TEXT,
    "settled_at" TIMESTAMPTZ(3),
    "form_key" TEXT,

    CONSTRAINT "case_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "citizen_case_address_id_idx" ON "citizen_case"("address_id");

-- CreateIndex
CREATE INDEX "citizen_case_state_expected_on_idx" ON "citizen_case"("state", "expected_on");

-- CreateIndex
CREATE INDEX "case_message_reference_id_idx" ON "case_message"("reference", "id");

-- CreateIndex
CREATE INDEX "case_message_address_id_idx" ON "case_message"("address_id");

-- CreateIndex
CREATE INDEX "case_message_undelivered" ON "case_message"("id") WHERE (outcome <> 'sent');

-- CreateIndex
CREATE INDEX "case_message_sent" ON "case_message"("settled_at") WHERE (outcome = 'sent');

-- CreateIndex
CREATE UNIQUE INDEX "case_message_reference_form_key_key" ON "case_message"("reference", "form_key");

-- AddForeignKey
ALTER TABLE "citizen_case" ADD CONSTRAINT "citizen_case_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "citizen_case" ADD CONSTRAINT "citizen_case_assignee_id_fkey" FOREIGN KEY ("assignee_id") REFERENCES "staff_account"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_message" ADD CONSTRAINT "case_message_reference_fkey" FOREIGN KEY ("reference") REFERENCES "citizen_case"("reference") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "case_message" ADD CONSTRAINT "case_message_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE SET NULL ON UPDATE CASCADE;

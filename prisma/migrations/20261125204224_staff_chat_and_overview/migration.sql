-- AlterTable
ALTER TABLE "staff_account" ADD COLUMN     "chat_code" TEXT,
ADD COLUMN     "chat_code_end" TIMESTAMPTZ(3),
ADD COLUMN     "signed_in_at" TIMESTAMPTZ(3);

-- CreateIndex
CREATE INDEX "outbox_failed" ON "outbox"("settled_at") WHERE (reason IS NOT NULL);

-- CreateIndex
CREATE INDEX "person_created_at_idx" ON "person" USING BRIN ("created_at");

-- CreateIndex
CREATE INDEX "rating_at_idx" ON "rating" USING BRIN ("at");

-- CreateIndex
CREATE INDEX "usage_day_idx" ON "usage" USING BRIN ("day");

-- AddForeignKey
ALTER TABLE "staff_account" ADD CONSTRAINT "staff_account_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "address"("id") ON DELETE SET NULL ON UPDATE CASCADE;

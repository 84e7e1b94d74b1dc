-- AddForeignKey
ALTER TABLE "staff_account" ADD CONSTRAINT "staff_account_chat_id_fkey" FOREIGN KEY ("chat_id") REFERENCES "address"("id") ON DELETE SET NULL ON UPDATE CASCADE;

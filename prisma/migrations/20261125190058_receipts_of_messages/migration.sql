-- CreateTable
CREATE TABLE "receipt" (
    "address_id" UUID NOT NULL,
    "external_id" TEXT NOT NULL,
    "outbox_id" BIGINT,
    "noted_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "seen_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "detail" TEXT,
    "billing" SMALLINT,

    CONSTRAINT "receipt_pkey" PRIMARY KEY ("address_id","external_id")
);

-- CreateIndex
CREATE INDEX "receipt_outbox_id_idx" ON "receipt"("outbox_id");

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_address_id_fkey" FOREIGN KEY ("address_id") REFERENCES "address"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_outbox_id_fkey" FOREIGN KEY ("outbox_id") REFERENCES "outbox"("id") ON DELETE CASCADE ON UPDATE CASCADE;

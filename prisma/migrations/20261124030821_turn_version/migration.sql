-- AlterTable
ALTER TABLE "address" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 0;

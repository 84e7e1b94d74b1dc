-- DropIndex
DROP INDEX "inbox_received_at_idx";

-- DropIndex
DROP INDEX "usage_day_idx";

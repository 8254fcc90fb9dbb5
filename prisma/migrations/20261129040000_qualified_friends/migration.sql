-- A friend who counts is qualified, as the state of their referral says.
ALTER TABLE "advocate" RENAME COLUMN "confirmed_count" TO "qualified_count";
ALTER TABLE "advocate" RENAME COLUMN "confirmed_at" TO "qualified_at";

-- What somebody recognises a session of theirs by, and when it was last used: one that is not used for a while ends.
ALTER TABLE "user_session" ADD COLUMN "device" TEXT NOT NULL DEFAULT 'Unknown browser';
ALTER TABLE "user_session" ADD COLUMN "seen_at" TIMESTAMPTZ(3);
UPDATE "user_session" SET "seen_at" = now();
ALTER TABLE "user_session" ALTER COLUMN "seen_at" SET NOT NULL;
GRANT UPDATE (seen_at) ON user_session TO goodword_app;

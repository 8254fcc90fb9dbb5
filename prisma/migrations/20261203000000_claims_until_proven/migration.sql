-- When it was proven that the friend accepted, and by what. What was decided before claims had to be
-- proven stands: those referrals count as proven since they began.
ALTER TABLE "referral" ADD COLUMN "proven_at" TIMESTAMPTZ(3),
ADD COLUMN "proven_by" TEXT,
ADD COLUMN "held_back" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "referral" DISABLE TRIGGER USER;
UPDATE "referral" SET "proven_at" = LEAST("clicked_at", "joined_at", "created_at"), "proven_by" = 'before';
ALTER TABLE "referral" ENABLE TRIGGER USER;

-- A referral that is proven tells its advocate of friends' friends, too.
DROP TRIGGER note_friends ON referral;
CREATE TRIGGER note_friends AFTER UPDATE ON referral FOR EACH ROW
  WHEN (OLD.state IS DISTINCT FROM NEW.state
    OR OLD.qualified_at IS DISTINCT FROM NEW.qualified_at
    OR (OLD.review_at IS NULL) <> (NEW.review_at IS NULL)
    OR (OLD.proven_at IS NULL) <> (NEW.proven_at IS NULL))
  EXECUTE FUNCTION goodword_note_friends();

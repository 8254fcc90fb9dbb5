-- An event that fails ten times is set aside, where staff see it with its reason, and is not tried any more.
ALTER TABLE "event_inbox" ADD COLUMN "set_aside_at" TIMESTAMPTZ(3);

-- The worker takes from each merchant in turn, so what is due is found merchant by merchant.
DROP INDEX "event_inbox_next_try_at_idx";
CREATE INDEX "event_inbox_merchant_id_next_try_at_idx" ON "event_inbox"("merchant_id", "next_try_at");
CREATE INDEX event_inbox_set_aside ON event_inbox (set_aside_at) WHERE set_aside_at IS NOT NULL;

-- What failed so far is read more kindly now: it is tried again at once.
ALTER TABLE event_inbox NO FORCE ROW LEVEL SECURITY;
UPDATE event_inbox SET next_try_at = now() WHERE attempts > 0;
ALTER TABLE event_inbox FORCE ROW LEVEL SECURITY;

-- AlterTable
ALTER TABLE "replay_run" ADD COLUMN     "lease_until" TIMESTAMPTZ(3);

-- What the gate lists as due: also what a worker that is gone left behind.
GRANT SELECT (lease_until) ON replay_run TO goodword_gate;

/**
 * What can be said about points campaigns without asking anyone: pure, with the time as an
 * argument.
 */

export type CampaignTimes = { state: string; startsAt: Date; endsAt: Date };

export type CampaignStatus = "running" | "coming" | "past" | "called_off";

/** Where a campaign stands at `now`. It runs from its start up to, and without, its end. */
export function campaignStatus(
  { state, startsAt, endsAt }: CampaignTimes,
  now: Date,
): CampaignStatus {
  if (state !== "active") return "called_off";
  if (now < startsAt) return "coming";
  return now < endsAt ? "running" : "past";
}

type Placed = CampaignTimes & { id: string; multiplierBp: number; programId: string | null };

/**
 * The other campaigns that count for the same points at some time; of those that overlap, the
 * largest multiplier counts.
 */
export function overlapping<Other extends Placed>(one: Placed, others: readonly Other[]): Other[] {
  if (one.state !== "active") return [];
  return others.filter(
    (other) =>
      other.id !== one.id &&
      other.state === "active" &&
      one.startsAt < other.endsAt &&
      other.startsAt < one.endsAt &&
      (one.programId === null || other.programId === null || one.programId === other.programId),
  );
}

/**
 * The campaign that counts in a program at an instant: the one with the largest multiplier; null
 * where none runs.
 */
export function campaignInForce<Other extends Placed>(
  campaigns: readonly Other[],
  programId: string,
  at: Date,
): Other | null {
  return campaigns
    .filter(
      (one) =>
        campaignStatus(one, at) === "running" &&
        (one.programId === null || one.programId === programId),
    )
    .reduce<Other | null>(
      (best, one) => (best === null || one.multiplierBp > best.multiplierBp ? one : best),
      null,
    );
}

/**
 * Whether an edit is one that a campaign which has begun still allows: its name and its end,
 * nothing that was counted by.
 */
export function keepsWhatCounted(
  before: { multiplierBp: number; startsAt: Date; programId: string | null },
  after: { multiplierBp: number; startsAt: Date; programId: string | null },
): boolean {
  return (
    before.multiplierBp === after.multiplierBp &&
    before.programId === after.programId &&
    before.startsAt.getTime() === after.startsAt.getTime()
  );
}

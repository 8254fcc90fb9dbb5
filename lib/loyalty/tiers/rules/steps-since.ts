import type { CustomerTier, TierChange } from "./follow-tier";

/**
 * The steps that lead from what is on record to where the facts lead now. Where the facts' own
 * history goes on from the last step, its steps; where the past turned out different (late facts, a
 * reversal), one step that says so.
 * @param last the newest step on record
 */
export function stepsSince(
  last: { at: Date; toId: string | null } | null,
  result: { customerTier: CustomerTier | null; changes: readonly TierChange[] },
  { why, value, now }: { why: "facts" | "rules"; value: bigint; now: Date },
  rankOf: (tierId: string) => number,
): TierChange[] {
  const known = last?.toId ?? null;
  const past = result.changes.findLast(({ at }) => last !== null && at <= last.at);
  if ((past?.toId ?? null) === known)
    return result.changes.filter(({ at }) => last === null || at > last.at);
  const final = result.customerTier?.tierId ?? null;
  if (final === known) return [];
  const rises = final !== null && (known === null || rankOf(final) > rankOf(known));
  if (rises)
    return [
      { at: result.customerTier!.reachedAt, fromId: known, toId: final, reason: "reached", value },
    ];
  return [
    {
      at: now,
      fromId: known,
      toId: final,
      reason: why === "rules" ? "rules_changed" : "taken_back",
      value,
    },
  ];
}

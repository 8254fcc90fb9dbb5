export type RetentionOptions = {
  /**
   * Number of buckets in view, 0 … buckets − 1; each cohort row is as long as its future in view.
   */
  buckets: number;
  /** "exact": active in that bucket. "on_or_after": active in it or in any later bucket in view. */
  mode?: "exact" | "on_or_after";
  /**
   * "first": a person belongs to the bucket of their first activity ever. "recurring": to every
   * bucket they are active in.
   */
  cohorts?: "first" | "recurring";
};

/**
 * Counts cohort retention. `people` holds, for each person, the indices of the buckets (day, ISO
 * week, calendar month) in which they were active, in any order, repeats allowed; negative indices
 * are activity before the view: such a person has no first-time cohort in it. Row c, column k of
 * the answer = people of cohort c active in bucket c + k; column 0 is the size of the cohort.
 * Throws RangeError for indices that are not whole.
 */
export function cohortRetention(
  people: Iterable<readonly number[]>,
  { buckets, mode = "exact", cohorts = "first" }: RetentionOptions,
): number[][] {
  if (!(Number.isInteger(buckets) && buckets >= 0))
    throw new RangeError(`not a number of buckets: ${buckets}`);
  const counts = Array.from({ length: buckets }, (_, cohort) =>
    Array.from({ length: buckets - cohort }, () => 0),
  );
  for (const activity of people) {
    const active = [...new Set(activity)].sort((a, b) => a - b);
    if (!active.every(Number.isInteger))
      throw new RangeError("a bucket index must be a whole number");
    const visible = active.filter((bucket) => bucket >= 0 && bucket < buckets);
    const last = visible[visible.length - 1];
    if (last === undefined) continue;
    for (const start of cohorts === "recurring"
      ? visible
      : visible.filter((b) => b === active[0])) {
      const row = counts[start] as number[];
      if (mode === "exact") {
        for (const bucket of visible)
          if (bucket >= start) row[bucket - start] = (row[bucket - start] ?? 0) + 1;
      } else {
        for (let k = 0; k <= last - start; k += 1) row[k] = (row[k] ?? 0) + 1;
      }
    }
  }
  return counts;
}

export type RetentionPoint = {
  /** Buckets since the start of the cohort. */
  bucket: number;
  /**
   * People of all cohorts that could be seen in this bucket, and those of them that were active.
   */
  observable: number;
  active: number;
  /** active / observable; null where no cohort has come that far. */
  share: number | null;
};

/**
 * One retention curve over all cohorts, each weighing as many people as it has; a cohort counts
 * only in buckets that it has reached. `complete` is the number of buckets that are over: those
 * from it on are still filling and are left out (default: all are over).
 */
export function retentionCurve(
  counts: readonly (readonly number[])[],
  complete = counts.length,
): RetentionPoint[] {
  return Array.from({ length: Math.min(complete, counts.length) }, (_, bucket) => {
    const reached = counts.slice(0, Math.max(0, complete - bucket));
    const observable = reached.reduce((sum, row) => sum + (row[0] ?? 0), 0);
    const active = reached.reduce((sum, row) => sum + (row[bucket] ?? 0), 0);
    return { bucket, observable, active, share: observable > 0 ? active / observable : null };
  });
}

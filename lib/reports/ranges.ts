import { dateInZone } from "@/lib/core/time";
import {
  bucketsOf,
  type BucketUnit,
  bucketUnitFor,
  comparedPart,
  comparedUntil,
  type Comparison,
  comparisonOf,
  type Days,
  lengthOf,
  type Span,
  spanOf,
} from "./days";
import { requireLength } from "./limits";

/**
 * A range that is counted: its days, the instants they stand for, and where it is cut off before
 * its end so that it is as far as the running one that it is compared with.
 */
export type Counted = { days: Days; span: Span; until: Date | null };

/** Everything that one question about a metric counts. */
export type Ranges = {
  range: Counted;
  comparison: Counted | null;
  unit: BucketUnit;
  /** Empty where no course is wanted. */
  buckets: Counted[];
  /** The n-th is compared with the n-th bucket, and as long as it. */
  comparedBuckets: Counted[];
};

/**
 * What to count for a range, for what it is compared with, and for the course of both. The day that
 * is still running is compared with the same part of the day that it stands against.
 * @throws DomainError invalid_request (path "from") for a range longer than reports cover
 */
export function rangesOf(
  days: Days,
  wanted: { compare: Comparison | null; series: boolean; unit?: BucketUnit },
  { now, timeZone }: { now: Date; timeZone: string },
): Ranges {
  requireLength(lengthOf(days), "from");
  const { compare, series, unit = bucketUnitFor(days) } = wanted;
  const buckets = series ? bucketsOf(days, unit) : [];
  const whole = (part: Days): Counted => ({
    days: part,
    span: spanOf(part, timeZone),
    until: null,
  });
  const today = dateInZone(now, timeZone);
  const compared = (part: Days, against: Days): Counted => {
    const counted = whole(against);
    const isRunning = part.from <= today && today <= part.to;
    const until = compare && isRunning ? comparedUntil(days, compare, now, timeZone) : null;
    if (until === null || until >= counted.span.to) return counted;
    return { ...counted, span: { from: counted.span.from, to: until }, until };
  };
  return {
    range: whole(days),
    comparison: compare && compared(days, comparisonOf(days, compare)),
    unit,
    buckets: buckets.map(whole),
    comparedBuckets: compare
      ? buckets.map((bucket) => compared(bucket, comparedPart(bucket, days, compare)))
      : [],
  };
}

import { DAY_MS, turnClock } from "@/lib/core/time";
import type { Scope } from "@/lib/merchants/scope";
import { JOBS } from "@/lib/worker/jobs";
import { processEvents } from "@/lib/worker/jobs/events";
import { settle } from "@/lib/worker/test-clock";

/** Something that happens in the invented past. */
export type Moment = { at: Date; happen: () => Promise<unknown> };

const BACKGROUND = JOBS.filter(({ onTestClock }) => onTestClock);

/**
 * Lets moments happen one after the other, each at its own time: the product's clock shows it, so
 * what they lead to is dated as it would have been. What falls due in between, a hold that ends or
 * a month's leaderboard, is done in the night after it did. The clock stays at the end of it.
 * @param dueFrom from when on anything can fall due
 */
export async function letHappen(
  scope: Scope,
  moments: readonly Moment[],
  { dueFrom, until }: { dueFrom: Date; until: Date },
): Promise<void> {
  const filter = { merchantId: scope.merchantId };
  let night = dueFrom.getTime();
  const passNights = async (to: Date) => {
    for (; night <= to.getTime(); night += DAY_MS) {
      turnClock(new Date(night));
      for (const job of BACKGROUND) await job.run(filter);
    }
  };
  for (const { at, happen } of [...moments].sort((a, b) => a.at.getTime() - b.at.getTime())) {
    await passNights(at);
    turnClock(at);
    await happen();
    await processEvents.run(filter);
  }
  await passNights(until);
  turnClock(until);
  await settle(scope);
}

import { DAY_MS, turnClock } from "@/lib/core/time";
import { type NewEvent, storeEvent } from "@/lib/events/commands/store-event";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { JOBS } from "@/lib/worker/jobs";
import { settle } from "@/lib/worker/test-clock";

/**
 * Something in the invented past: a fact that somebody sends, or a command that is called. Either
 * is made when its time has come, from what is known by then.
 */
export type Moment = { at: Date } & (
  { send: (scope: Scope) => Promise<NewEvent | null> } | { happen: () => Promise<unknown> }
);

const BACKGROUND = JOBS.filter(({ onTestClock }) => onTestClock);
const processEvents = BACKGROUND.find(({ name }) => name === "process_events")!;
/** What is done each night; what else falls due, such as reminders, is done once a week. */
const NIGHTLY = new Set([
  "process_events",
  "assign_visits_to_advocates",
  "process_advocates",
  "release_rewards",
  "update_tiers_and_badges",
]);

/**
 * Lets moments happen one after the other, each at its own time: the product's clock shows it, so
 * what they lead to is dated as it would have been. A day's facts are processed at its end, and
 * what falls due, such as a hold that ends, is done in the night after. The clock stays at the end.
 * @param dueFrom from when on anything but facts has to be seen to
 */
export async function letHappen(
  scope: Scope,
  moments: readonly Moment[],
  { dueFrom, until }: { dueFrom: Date; until: Date },
): Promise<void> {
  const filter = { merchantId: scope.merchantId };
  const sorted = [...moments].sort((a, b) => a.at.getTime() - b.at.getTime());
  const first = sorted[0]?.at ?? dueFrom;
  for (let night = 0, next = 0, ends = 0; ends < until.getTime(); night += 1) {
    ends = first.getTime() + (night + 1) * DAY_MS;
    const from = next;
    while (next < sorted.length && sorted[next]!.at.getTime() < ends) next += 1;
    await passDay(scope, sorted.slice(from, next));
    if (ends >= until.getTime()) break;
    turnClock(new Date(ends));
    const isWeekly = ends > dueFrom.getTime() && night % 7 === 0;
    for (const job of BACKGROUND)
      if (isWeekly || (NIGHTLY.has(job.name) && ends > dueFrom.getTime())) await job.run(filter);
  }
  turnClock(until);
  await settle(scope);
}

/** The moments of one day, then what its facts lead to. Facts in a row are stored together. */
async function passDay(scope: Scope, moments: readonly Moment[]): Promise<void> {
  for (let next = 0; next < moments.length;) {
    const moment = moments[next]!;
    if ("happen" in moment) {
      turnClock(moment.at);
      await moment.happen();
      next += 1;
      continue;
    }
    await inScope(scope, async (_, scope) => {
      for (; next < moments.length; next += 1) {
        const { at, ...said } = moments[next]!;
        if (!("send" in said)) break;
        turnClock(at);
        const event = await said.send(scope);
        if (event) await storeEvent(scope, { ...event, occurredAt: at });
      }
    });
  }
  if (moments.length > 0) await processEvents.run({ merchantId: scope.merchantId });
}

import { Prisma, prismaFor } from "@/lib/core/db";
import { DAY_MS, turnClock } from "@/lib/core/time";
import { type NewEvent, storeEvent } from "@/lib/events/commands/store-event";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { JOBS } from "@/lib/worker/jobs";
import type { Job } from "@/lib/worker/job-kinds/job";
import { settle } from "@/lib/worker/test-clock";

/** A fact that somebody sends. One that makes somebody known is processed at once. */
type Fact = { at: Date; send: (scope: Scope) => Promise<NewEvent | null>; atOnce?: boolean };

/**
 * Something in the invented past: a fact, or a command that is called. Either is made when its time
 * has come, from what is known by then.
 */
export type Moment = Fact | { at: Date; happen: () => Promise<unknown> };

const BACKGROUND = JOBS.filter(({ onTestClock }) => onTestClock);
const processEvents = BACKGROUND.find(({ name }) => name === "process_events")!;
/** What is done each night; what else falls due, such as reminders, is done once a week. */
const NIGHTLY = BACKGROUND.filter(({ name }) =>
  [
    "assign_visits_to_advocates",
    "process_advocates",
    "release_rewards",
    "update_tiers_and_badges",
  ].includes(name),
);

/**
 * Lets moments happen one after the other, each at its own time: the product's clock shows it, so
 * what they lead to is dated as it would have been. What falls due, such as a hold that ends, is
 * done in the night after. The clock stays at the end.
 * @param dueFrom from when on anything but facts has to be seen to
 */
export async function letHappen(
  scope: Scope,
  moments: readonly Moment[],
  { dueFrom, until }: { dueFrom: Date; until: Date },
): Promise<void> {
  const sorted = [...moments].sort((a, b) => a.at.getTime() - b.at.getTime());
  const first = sorted[0]?.at ?? dueFrom;
  for (let night = 0, next = 0, ends = 0; ends < until.getTime(); night += 1) {
    ends = first.getTime() + (night + 1) * DAY_MS;
    const from = next;
    while (next < sorted.length && sorted[next]!.at.getTime() < ends) next += 1;
    await passDay(scope, sorted.slice(from, next));
    if (ends >= until.getTime()) break;
    turnClock(new Date(ends));
    if (ends > dueFrom.getTime()) await passNight(scope, night % 7 === 0 ? BACKGROUND : NIGHTLY);
  }
  turnClock(until);
  await settle(scope);
}

/** The moments of one day, then what its facts lead to. Facts in a row are stored together. */
async function passDay(scope: Scope, moments: readonly Moment[]): Promise<void> {
  const process = () => processEvents.run({ merchantId: scope.merchantId });
  for (let next = 0; next < moments.length;) {
    const moment = moments[next]!;
    if ("happen" in moment) {
      turnClock(moment.at);
      await moment.happen();
      next += 1;
    } else {
      const facts = factsFrom(moments, next);
      await storeAll(scope, facts);
      if (facts.at(-1)!.atOnce) await process();
      next += facts.length;
    }
  }
  if (moments.length > 0) await process();
}

/** The facts in a row from a place on, up to one that is processed at once. */
function factsFrom(moments: readonly Moment[], from: number): Fact[] {
  const facts: Fact[] = [];
  for (const moment of moments.slice(from)) {
    if (!("send" in moment)) break;
    facts.push(moment);
    if (moment.atOnce) break;
  }
  return facts;
}

async function storeAll(scope: Scope, facts: readonly Fact[]): Promise<void> {
  await inScope(scope, async (tx) => {
    for (const { at, send } of facts) {
      turnClock(at);
      const event = await send(tx);
      if (event) await storeEvent(tx, { ...event, occurredAt: at });
    }
  });
}

/** One thing leads to another, such as a season's end to its prizes, but not for ever. */
const MOST_ROUNDS = 5;

/** Does those jobs for which anything is due: one question for all of them, until nothing is. */
async function passNight({ merchantId }: Scope, jobs: readonly Job[]): Promise<void> {
  const asked = jobs.flatMap(({ name, due }) =>
    due === null
      ? []
      : [Prisma.sql`SELECT ${name} AS name WHERE EXISTS (SELECT FROM (${due({ merchantId })}) d)`],
  );
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const due = await prismaFor("goodword_gate").$queryRaw<{ name: string }[]>`
      ${Prisma.join(asked, " UNION ALL ")}`;
    if (due.length === 0) return;
    for (const job of jobs)
      if (due.some(({ name }) => name === job.name)) await job.run({ merchantId });
  }
}

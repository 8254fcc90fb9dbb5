import { Prisma, prismaFor } from "@/lib/core/db";
import { DomainError, isLostRace } from "@/lib/core/errors";
import { log } from "@/lib/core/log";
import { noteFailure } from "@/lib/pipeline/intake/note-failure";
import { processEvent, processGroup } from "@/lib/pipeline/process-event";
import { type DueItem, ofMerchant } from "../due";
import { dueEvents } from "./due-events";
import { groupJob } from "../job-kinds/group-job";
import type { Job } from "../job-kinds/job";

type DueEvent = DueItem & { person: string };

/**
 * Events in the inbox, from each merchant in turn and in groups, those of one person one after the
 * other. One that fails stays in the inbox with its error until its next try, and is set aside
 * after the tenth.
 */
export const processEvents = groupJob<DueEvent>({
  name: "process_events",
  schedule: "always",
  due: dueEvents,
  late: { afterMinutes: 2, cost: "What events lead to is not visible yet." },
  ownerOf: ({ person }) => person,
  most: 170,
  async doGroup(scope, items) {
    const left = await processGroup(
      scope,
      items.map(({ id }) => id),
    );
    return items.filter(({ id }) => left.has(id));
  },
  async doOne(scope, { id }) {
    await again(() => processEvent(scope, id));
    return true;
  },
  // Such as a refund that waits for its order: the inbox shows it with its reason.
  isExpected: (error) => error instanceof DomainError,
  onFailure: (scope, { id }, error) => noteFailure(scope, id, error),
});

/** How often a lost race is run again at once. */
const RERUNS = 3;

async function again(work: () => Promise<unknown>): Promise<void> {
  for (let run = 0; ; run += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (run >= RERUNS || !isLostRace(error)) throw error;
    }
  }
}

/**
 * The alarm for events that were set aside: nobody tries them again but a person. `/api/ready` says
 * how many there are and since when; once an hour the log says it for each merchant.
 */
export const reportSetAside: Job = {
  name: "set_aside_events",
  schedule: { cron: "7 * * * *" },
  onTestClock: false,
  due: (filter) => Prisma.sql`
    SELECT merchant_id AS "merchantId", event_id AS id, set_aside_at AS "dueAt"
    FROM event_inbox WHERE set_aside_at IS NOT NULL AND ${ofMerchant(filter)}`,
  late: {
    afterMinutes: 0,
    cost: "These events failed ten times; staff find them under Events, Set aside.",
    isCounted: true,
  },
  async run() {
    const found = await prismaFor("goodword_gate").eventInbox.groupBy({
      by: ["merchantId"],
      where: { setAsideAt: { not: null } },
      _count: { _all: true },
    });
    for (const { merchantId, _count } of found)
      log.error({ merchantId, events: _count._all }, "events are set aside");
    return found.length;
  },
};

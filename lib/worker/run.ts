import { run, type Runner } from "graphile-worker";
import { prismaFor } from "@/lib/core/db";
import { log } from "@/lib/core/log";
import { checkLedger } from "@/lib/ledger/commands/post-transfers";
import { deliverDueMessages } from "@/lib/messaging/deliver";
import { systemScope } from "@/lib/merchants/directory";
import { workOffAdvocates } from "./jobs/advocates";
import { workerPresence } from "./presence";
import { stepReplay } from "./jobs/replays";
import { expireDueRewards, issueDueCoupons, remindExpiring } from "./jobs/rewards";
import { expireDueLots } from "./jobs/lots";
import { closeDueSeasons, foldTallies, recountAllSeasons } from "./jobs/seasons";
import { processDueEvents } from "./jobs/events";
import { expireDueReferrals, releaseDueRewards, updateDueLoyalty } from "./jobs/work";

/** A pause between rounds that found nothing to do. */
const IDLE_MS = 150;
/** How often holds, mail and failures are looked at while events keep coming. */
const SWEEP_MS = 1_000;

/**
 * The worker: works off events as they come, releases holds and sends mail on time, and re-adds the
 * books each night. The tables are the queues, so any number of workers may run, and one that dies
 * loses nothing.
 * @returns what stops it, once the round under way is done
 */
export async function startWorker(connectionString: string): Promise<{ stop(): Promise<void> }> {
  let stopping = false;
  let sweptAt = 0;
  const nightly = await startNightly(connectionString);
  const presence = workerPresence(connectionString);
  const rounds = (async () => {
    while (!stopping) {
      const worked = await round(
        Date.now() - sweptAt >= SWEEP_MS,
        presence,
        () => (sweptAt = Date.now()),
      );
      if (worked === 0) await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    }
  })();
  return {
    async stop() {
      stopping = true;
      await rounds;
      await nightly.stop();
      await presence.end();
    },
  };
}

/** One round; a database that is away for a moment ends the round, not the worker. */
async function round(
  sweep: boolean,
  presence: { keep(): Promise<void> },
  swept: () => void,
): Promise<number> {
  try {
    const done = (await processDueEvents()).done + (await stepReplay(sweep));
    if (!sweep) return done;
    await presence.keep();
    const advocates = await workOffAdvocates();
    const released = await releaseDueRewards();
    const reminded = await remindExpiring();
    const expired =
      (await expireDueReferrals()) +
      (await expireDueRewards()) +
      (await expireDueLots()) +
      (await issueDueCoupons());
    const standings = await updateDueLoyalty();
    const turned = await closeDueSeasons();
    const folded = await foldTallies();
    const mail = await deliverDueMessages();
    swept();
    return (
      done +
      advocates +
      released +
      reminded +
      expired +
      standings +
      turned +
      folded +
      mail.sent +
      mail.kept
    );
  } catch (error) {
    log.error({ err: error }, "a round of work failed");
    await new Promise((resolve) => setTimeout(resolve, SWEEP_MS));
    return 0;
  }
}

/**
 * The jobs by the clock, kept by graphile-worker in a schema of its own: each runs once, however
 * many workers there are.
 */
async function startNightly(connectionString: string): Promise<Runner> {
  return run({
    connectionString,
    concurrency: 1,
    noHandleSignals: true,
    pollInterval: 10_000,
    crontab: "17 2 * * * reconcile_ledgers\n37 3 * * * recount_seasons",
    taskList: { reconcile_ledgers: reconcileLedgers, recount_seasons: recountAllSeasons },
  });
}

/**
 * Re-adds every merchant's books and keeps what it found; a difference is logged as an error and
 * shown on the dashboard.
 */
export async function reconcileLedgers(): Promise<void> {
  const merchants = await prismaFor("goodword_gate").merchant.findMany({
    select: { id: true },
    orderBy: { id: "asc" },
  });
  for (const { id } of merchants) {
    const { differences } = await checkLedger(await systemScope(id));
    if (differences.length > 0)
      log.error({ merchantId: id, differences }, "the ledger does not add up");
  }
}

import { Prisma } from "@/lib/core/db";
import { closeSeason } from "@/lib/loyalty/leaderboards/commands/close-season";
import { grantPrize, postponePrize } from "@/lib/loyalty/leaderboards/commands/grant-prize";
import { turnSeason } from "@/lib/loyalty/leaderboards/commands/open-season";
import {
  recountSeason,
  recountSeasons as recountSeasonsOf,
} from "@/lib/loyalty/leaderboards/commands/recount-seasons";
import { rescoreNoted } from "@/lib/loyalty/leaderboards/commands/update-scores";
import { foldChanges } from "@/lib/loyalty/leaderboards/commands/fold-changes";
import { everyMerchant } from "../job-kinds/every-merchant";
import { dueBy, type DueItem, ofMerchant } from "../due";
import { groupJob } from "../job-kinds/group-job";
import { itemJob, type Job } from "../job-kinds/job";

const season = Prisma.sql`season`;
const LATE = { afterMinutes: 60, cost: "Seasons and their prizes are late." };

/** Customers whose facts changed that scores are counted from. */
export const rescoreCustomers = groupJob({
  name: "rescore_customers",
  due: (filter) => Prisma.sql`
    SELECT DISTINCT merchant_id AS "merchantId", customer_id AS id, NULL::timestamptz AS "dueAt"
    FROM season_due WHERE ${ofMerchant(filter)}`,
  late: null,
  ownerOf: ({ id }) => id,
  most: 200,
  async doGroup(scope, items) {
    await rescoreNoted(
      scope,
      items.map(({ id }) => id),
    );
    return [];
  },
  doOne: async (scope, { id }) => {
    await rescoreNoted(scope, [id]);
    return true;
  },
});

/** Seasons for which nothing was counted yet of what was earned before they were opened. */
export const countNewSeasons = itemJob({
  name: "count_new_seasons",
  due: (filter) => Prisma.sql`
    SELECT merchant_id AS "merchantId", id, NULL::timestamptz AS "dueAt" FROM season
    WHERE state = 'running' AND counted_at IS NULL AND ${ofMerchant(filter)}`,
  late: null,
  atOnce: 1,
  doOne: async (scope, { id }) => {
    await recountSeason(scope, id);
    return true;
  },
});

/** Seasons that have ended: the next one opens. */
export const openNextSeasons = itemJob({
  name: "open_next_seasons",
  due: (filter) =>
    dueBy(filter, {
      table: season,
      at: Prisma.sql`t.ends_at`,
      where: Prisma.sql`t.state = 'running' AND t.turned_at IS NULL`,
    }),
  late: LATE,
  atOnce: 1,
  doOne: async (scope, { id }) => {
    await turnSeason(scope, id);
    return true;
  },
});

/** Seasons whose time of grace after their end is over, once the next one is open. */
export const closeSeasons = itemJob({
  name: "close_seasons",
  due: (filter) =>
    dueBy(filter, {
      table: season,
      at: Prisma.sql`t.closes_at`,
      where: Prisma.sql`t.state = 'running' AND t.turned_at IS NOT NULL`,
    }),
  late: LATE,
  atOnce: 1,
  doOne: async (scope, { id }) => {
    await closeSeason(scope, id);
    return true;
  },
});

type DuePrize = DueItem & { seasonId: string; advocateId: string };

/** Prizes of closed seasons. */
export const grantPrizes = itemJob<DuePrize>({
  name: "grant_prizes",
  due: (filter) =>
    dueBy(filter, {
      table: Prisma.sql`season_winner`,
      at: Prisma.sql`t.next_try_at`,
      where: Prisma.sql`t.state = 'due'`,
      columns: Prisma.sql`t.season_id || ' ' || t.advocate_id AS id,
        t.season_id AS "seasonId", t.advocate_id AS "advocateId"`,
    }),
  late: LATE,
  atOnce: 1,
  doOne: (scope, { seasonId, advocateId }) => grantPrize(scope, seasonId, advocateId),
  onFailure: (scope, { seasonId, advocateId }) => postponePrize(scope, seasonId, advocateId),
});

/** Changes of scores that are not yet part of their season's totals. */
export const foldScoreChanges = itemJob({
  name: "fold_score_changes",
  onTestClock: false,
  due: (filter) => Prisma.sql`
    SELECT DISTINCT merchant_id AS "merchantId", season_id AS id, NULL::timestamptz AS "dueAt"
    FROM season_change WHERE ${ofMerchant(filter)}`,
  late: null,
  atOnce: 1,
  doOne: (scope, { id }) => foldChanges(scope, id),
});

/** Every running season, counted again each night: a score that was forgotten is right by then. */
export const recountSeasons: Job = {
  name: "recount_seasons",
  schedule: { cron: "37 3 * * *" },
  onTestClock: false,
  due: null,
  late: null,
  run: () => everyMerchant("recount_seasons", recountSeasonsOf),
};

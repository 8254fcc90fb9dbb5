import { POINTS } from "@/lib/core/money";
import { advocateOf } from "@/lib/customers/queries/customers";
import { holdingsOf, lotsOf } from "@/lib/ledger/queries/balances";
import { leaderboardsOf, seasonRanking } from "@/lib/loyalty/leaderboards/queries/leaderboards";
import { pointsHistory, pointsOf } from "@/lib/loyalty/points/queries/customer-points";
import type { Scope } from "@/lib/merchants/scope";
import { publishedProgram } from "@/lib/programs/queries";
import { friendCounts, friendsOf } from "@/lib/referrals/queries/friends";
import { rewardsOfCustomer } from "@/lib/rewards/queries/rewards";
import type { LargeShop } from "./large-shop";

/** Whose page it is. */
export type Reader = { customerId: string; advocateId: string };
/** A read of a page; `ceiling`: at most so many reads of one row by its key. */
export type PageRead = {
  name: string;
  ceiling: number;
  run: (scope: Scope, reader: Reader, shop: LargeShop) => Promise<unknown>;
};

export const PAGE_READS: readonly PageRead[] = [
  {
    name: "leaderboard: top, rank, near me",
    ceiling: 5,
    run: (scope, { advocateId }, { programId }) =>
      seasonRanking(scope, { programId, aroundAdvocateId: advocateId }),
  },
  {
    name: "leaderboard: points this month",
    ceiling: 5,
    run: async (scope, { advocateId }, { programId }) => {
      const leaderboardId = (await leaderboardsOf(scope, programId))[1]!.id;
      return seasonRanking(scope, { programId, leaderboardId, aroundAdvocateId: advocateId });
    },
  },
  {
    name: "the reader's program and code",
    ceiling: 4,
    run: (scope, { customerId }, { programId }) => advocateOf(scope, { programId, customerId }),
  },
  {
    name: "the program",
    ceiling: 4,
    run: (scope, _, { programId }) => publishedProgram(scope, programId),
  },
  {
    name: "friends, counted",
    ceiling: 4,
    run: (scope, { advocateId }) => friendCounts(scope, advocateId),
  },
  {
    name: "friends, listed",
    ceiling: 4,
    run: (scope, { advocateId }) => friendsOf(scope, { advocateId, limit: 11 }),
  },
  {
    name: "rewards, listed",
    ceiling: 8,
    run: (scope, { customerId }, { programId }) =>
      rewardsOfCustomer(scope, { customerId, programId, limit: 100 }),
  },
  { name: "balances", ceiling: 4, run: (scope, { customerId }) => holdingsOf(scope, customerId) },
  {
    name: "points, lots",
    ceiling: 4,
    run: (scope, { customerId }) => lotsOf(scope, customerId, POINTS, 200),
  },
  {
    name: "points, overview",
    ceiling: 8,
    run: (scope, { customerId }) => pointsOf(scope, customerId),
  },
  {
    name: "points, history",
    ceiling: 5,
    run: (scope, { customerId }) => pointsHistory(scope, customerId, { limit: 20 }),
  },
];

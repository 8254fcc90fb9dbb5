import type { Endpoint } from "@/lib/auth/endpoint";
import * as badges from "./badges/contract";
import * as catalogue from "./catalogue/contract";
import * as customers from "./customers/contract";
import * as events from "./events/contract";
import * as leaderboard from "./leaderboard/contract";
import * as merges from "./merges/contract";
import * as metrics from "./metrics/contract";
import * as nominations from "./nominations/contract";
import * as programs from "./programs/contract";
import * as replays from "./programs/[id]/replays/contract";
import * as redemptions from "./redemptions/contract";
import * as referrals from "./referrals/contract";
import * as reports from "./reports/contract";
import * as reviews from "./reviews/contract";
import * as rewards from "./rewards/contract";
import * as testClock from "./test-clock/contract";
import * as tiers from "./tiers/contract";

/** An endpoint whose types no longer matter. */
export type AnyEndpoint = Endpoint<unknown, unknown, unknown, unknown>;

/**
 * Every endpoint of the public API, in the order of the documentation. A test compares them with
 * the route files.
 */
export const ENDPOINTS: readonly AnyEndpoint[] = [
  events,
  programs,
  replays,
  customers,
  merges,
  referrals,
  rewards,
  reviews,
  nominations,
  catalogue,
  redemptions,
  tiers,
  badges,
  leaderboard,
  metrics,
  reports,
  testClock,
].flatMap((contract) => (Object.values(contract) as unknown as AnyEndpoint[]).sort(byAddress));

function byAddress(left: AnyEndpoint, right: AnyEndpoint): number {
  const [one, other] = [`${left.path} ${left.method}`, `${right.path} ${right.method}`];
  return one < other ? -1 : 1;
}

import { openRoutes } from "./open";
import { eventsRoutes } from "./events";
import { programsRoutes } from "./programs";
import { customersRoutes } from "./customers";
import { referralsRoutes } from "./referrals";
import { rewardsRoutes } from "./rewards";
import { deskRoutes } from "./desk";
import { loyaltyRoutes } from "./loyalty";
import { reportsRoutes } from "./reports";
import type { RouteEntry } from "./entry";

/**
 * Every route under app/api, by method and path, in the file of its noun. A new one has to be
 * entered there, or the first test of the matrix fails. They are called in this order.
 */
export const ROUTES: Record<string, RouteEntry> = {
  ...openRoutes,
  ...eventsRoutes,
  ...programsRoutes,
  ...customersRoutes,
  ...referralsRoutes,
  ...rewardsRoutes,
  ...deskRoutes,
  ...loyaltyRoutes,
  ...reportsRoutes,
};

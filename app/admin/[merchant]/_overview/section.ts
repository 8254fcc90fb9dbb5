import type { DashboardRange } from "@/components/insights/dashboard-range";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";

/** What each part of the overview is given; each awaits its own data, so none holds up another. */
export type Section = { scope: Scope; admin: AdminPaths; range: DashboardRange };

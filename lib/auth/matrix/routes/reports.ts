import type { RouteEntry } from "./entry";

const range = () => "?from=2026-01-01&to=2026-01-31";

export const reportsRoutes: Record<string, RouteEntry> = {
  "GET /api/v1/metrics": { key: "secret", elsewhere: "nothing_named", own: 200 },
  "GET /api/v1/metrics/[name]": {
    key: "secret",
    params: () => ({ name: "referral_rate" }),
    query: range,
    elsewhere: "nothing_named",
    own: 200,
  },
  "GET /api/v1/reports/retention": {
    key: "secret",
    query: range,
    elsewhere: "nothing_named",
    own: 200,
  },
  "GET /api/v1/reports/experiment": {
    key: "secret",
    query: ({ draft }) => `?program=${draft.slug}`,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/reports/funnel": {
    key: "secret",
    query: range,
    elsewhere: "nothing_named",
    own: 200,
  },
};

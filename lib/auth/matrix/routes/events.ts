import type { RouteEntry } from "./entry";

export const eventsRoutes: Record<string, RouteEntry> = {
  "POST /api/v1/events": {
    key: "publishable",
    body: () => ({ type: "lead", visitorId: "v-1" }),
    elsewhere: "nothing_named",
    own: 200,
  },
  // A live key is refused: only test mode's clock moves. The test key is tried further below.
  "POST /api/v1/test-clock": {
    key: "secret",
    body: () => ({ advance: "PT1H" }),
    elsewhere: "nothing_named",
    own: 403,
  },
};

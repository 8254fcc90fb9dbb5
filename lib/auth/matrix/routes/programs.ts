import type { Shop } from "../testing/shop";
import type { RouteEntry } from "./entry";

const draft = (shop: Shop) => ({ id: shop.draft.id });

export const programsRoutes: Record<string, RouteEntry> = {
  "GET /api/v1/programs": { key: "secret", elsewhere: "nothing_named", own: 200 },
  "POST /api/v1/programs": {
    key: "secret",
    body: () => ({
      form: { name: "New", friendBenefit: "amount_off", friendAmount: "5", trigger: "join" },
    }),
    elsewhere: "nothing_named",
    own: 201,
  },
  "GET /api/v1/programs/[id]": {
    key: "publishable",
    params: ({ draft: { slug } }) => ({ id: slug }),
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/programs/[id]/publish": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/programs/[id]/pause": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/programs/[id]/resume": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
  "GET /api/v1/programs/[id]/replays": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
  // Published further above: until then nothing has happened in it.
  "POST /api/v1/programs/[id]/replays": {
    key: "secret",
    params: draft,
    body: () => ({}),
    elsewhere: "not_found",
    own: 202,
  },
  "GET /api/v1/programs/[id]/replays/[replay]": {
    key: "secret",
    params: ({ program, replayId }) => ({ id: program.id, replay: replayId }),
    elsewhere: "not_found",
    own: 200,
  },
  "POST /api/v1/programs/[id]/end": {
    key: "secret",
    params: draft,
    elsewhere: "not_found",
    own: 200,
  },
};

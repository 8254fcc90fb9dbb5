import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { definition as cohortDefinition } from "@/lib/reports/cohort-grid";
import { definition as funnelDefinition } from "@/lib/reports/funnel";
import { cohortQuery, rangeQuery } from "@/lib/reports/schema";

const group = "Metrics and reports";
const day = z.string().regex(/^\d{4}-\d\d-\d\d$/).meta({ description: "A day in the shop's time zone.", example: "2026-11-21" });
const definition = z.looseObject({ name: z.string(), title: z.string(), formula: z.string() });
const range = { from: day, to: day, timeZone: z.string(), definition };
const count = z.int().nullable().meta({ description: "Null where it cannot be known." });

export const getRetention = endpoint({
  method: "GET", path: "/reports/retention", group, key: "secret", summary: "Retention by cohort",
  query: cohortQuery,
  response: z.looseObject({
    ...range, unit: z.enum(["day", "week", "month"]), mode: z.enum(["exact", "unbounded"]), cohorts: z.enum(["first", "recurring"]),
    who: z.enum(["all", "referred", "other"]),
    data: z.array(z.looseObject({
      from: day, to: day, size: z.int(), active: z.array(z.int()).meta({ description: "Who ordered, by bucket since the start." }),
      shares: z.array(z.number().nullable()), fillingAt: z.int().nullable().meta({ description: "The bucket that is not over yet." }),
    })).meta({ description: "A row for each cohort, oldest first." }),
  }).meta({ id: "RetentionReport" }),
  example: {
    query: "?from=2026-10-01&to=2026-11-30&unit=month",
    response: {
      definition: cohortDefinition, from: "2026-10-01", to: "2026-11-30", timeZone: "UTC", unit: "month", mode: "exact", cohorts: "first", who: "all",
      data: [
        { from: "2026-10-01", to: "2026-10-31", size: 40, active: [40, 12], shares: [1, 0.3], fillingAt: 1 },
        { from: "2026-11-01", to: "2026-11-30", size: 25, active: [25], shares: [1], fillingAt: 0 },
      ],
    },
  },
});

export const getFunnel = endpoint({
  method: "GET", path: "/reports/funnel", group, key: "secret", summary: "How far customers and friends came",
  query: rangeQuery,
  response: z.looseObject({
    ...range,
    friends: z.looseObject({ clicked: count, came: count, joined: count, qualified: count, rewarded: count }),
    customers: z.looseObject({ saw: count, joined: count, shared: count }),
  }).meta({ id: "FunnelReport" }),
  example: {
    query: "?from=2026-11-01&to=2026-11-30",
    response: {
      from: "2026-11-01", to: "2026-11-30", timeZone: "UTC", definition: funnelDefinition,
      friends: { clicked: 120, came: 48, joined: 41, qualified: 17, rewarded: 9 }, customers: { saw: 300, joined: 90, shared: 52 },
    },
  },
});

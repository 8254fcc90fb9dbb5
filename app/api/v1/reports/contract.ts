import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { daySchema } from "@/lib/core/values/day";
import { definition as cohortDefinition } from "@/lib/reports/retention/cohort-grid";
import { definition as experimentDefinition } from "@/lib/reports/experiments/experiment";
import { definition as funnelDefinition } from "@/lib/reports/growth/funnel";
import { cohortQuery, rangeQuery } from "@/lib/reports/schema";

const group = "Metrics and reports";
const day = daySchema().meta({
  description: "A day in the shop's time zone.",
  example: "2026-11-21",
});
const definition = z.looseObject({ name: z.string(), title: z.string(), formula: z.string() });
const range = { from: day, to: day, timeZone: z.string(), definition };
const count = z.int().nullable().meta({ description: "Null if unknown." });

export const getRetention = endpoint({
  method: "GET",
  path: "/reports/retention",
  group,
  key: "secret",
  summary: "Retention by cohort",
  query: cohortQuery,
  response: z
    .looseObject({
      ...range,
      unit: z.enum(["day", "week", "month"]),
      mode: z.enum(["exact", "unbounded"]),
      cohorts: z.enum(["first", "recurring"]),
      who: z.enum(["all", "referred", "other"]),
      data: z
        .array(
          z.looseObject({
            from: day,
            to: day,
            size: z.int(),
            active: z
              .array(z.int())
              .meta({ description: "How many ordered, by bucket since the start." }),
            shares: z.array(z.number().nullable()),
            fillingAt: z
              .int()
              .nullable()
              .meta({ description: "The bucket that is still running." }),
          }),
        )
        .meta({ description: "One row per cohort, oldest first." }),
    })
    .meta({ id: "RetentionReport" }),
  example: {
    query: "?from=2026-10-01&to=2026-11-30&unit=month",
    response: {
      definition: cohortDefinition,
      from: "2026-10-01",
      to: "2026-11-30",
      timeZone: "UTC",
      unit: "month",
      mode: "exact",
      cohorts: "first",
      who: "all",
      data: [
        {
          from: "2026-10-01",
          to: "2026-10-31",
          size: 40,
          active: [40, 12],
          shares: [1, 0.3],
          fillingAt: 1,
        },
        { from: "2026-11-01", to: "2026-11-30", size: 25, active: [25], shares: [1], fillingAt: 0 },
      ],
    },
  },
});

export const getFunnel = endpoint({
  method: "GET",
  path: "/reports/funnel",
  group,
  key: "secret",
  summary: "Funnels of customers and friends",
  query: rangeQuery,
  response: z
    .looseObject({
      ...range,
      friends: z.looseObject({
        clicked: count,
        came: count,
        joined: count,
        qualified: count,
        rewarded: count,
      }),
      customers: z.looseObject({ saw: count, joined: count, shared: count }),
    })
    .meta({ id: "FunnelReport" }),
  example: {
    query: "?from=2026-11-01&to=2026-11-30",
    response: {
      from: "2026-11-01",
      to: "2026-11-30",
      timeZone: "UTC",
      definition: funnelDefinition,
      friends: { clicked: 120, came: 48, joined: 41, qualified: 17, rewarded: 9 },
      customers: { saw: 300, joined: 90, shared: 52 },
    },
  },
});

const test = z
  .looseObject({
    difference: z.union([z.number(), z.string()]).meta({
      description: "Against the baseline: shares as a fraction, money as decimal text.",
    }),
    interval: z.array(z.union([z.number(), z.string()])),
    method: z.string(),
    p: z
      .number()
      .meta({ description: "Adjusted by Holm's method when there are more than two arms." }),
    verdict: z.enum(["higher", "lower", "no_difference", "not_enough"]),
  })
  .nullable()
  .meta({ description: "Null if there is nothing to test." });

export const getExperiment = endpoint({
  method: "GET",
  path: "/reports/experiment",
  group,
  key: "secret",
  summary: "Results of an experiment",
  description:
    "The program's latest experiment, from its start until now. `experiment` is null for a " +
    "program that never had one.",
  query: z.strictObject({
    program: z.string("Say which program.").min(1).max(100).meta({ description: "Id or slug." }),
  }),
  response: z
    .looseObject({
      definition,
      experiment: z
        .looseObject({
          id: z.string(),
          question: z.string(),
          since: z.string(),
          running: z.boolean(),
        })
        .nullable(),
      arms: z
        .array(
          z.looseObject({
            id: z.string(),
            name: z.string(),
            shareBp: z.int().nullable(),
            advocates: z.int(),
            friends: z.int(),
            confirmed: z.int(),
          }),
        )
        .meta({ description: "With a reading for each figure, as in metrics." }),
      comparisons: z.array(
        z.looseObject({
          arm: z.string(),
          baseline: z.string(),
          conversion: test,
          revenuePerAdvocate: test,
        }),
      ),
    })
    .meta({ id: "ExperimentReport" }),
  errors: ["not_found"],
  example: {
    query: "?program=bean-leaf-give-10-get-10-k4wz",
    response: {
      definition: experimentDefinition,
      experiment: {
        id: "autumn",
        question: "Cash or a discount?",
        since: "2026-09-01T08:00:00.000Z",
        running: true,
      },
      arms: [
        {
          id: "cash",
          name: "Cash",
          shareBp: 5_000,
          advocates: 1_000,
          friends: 240,
          confirmed: 130,
        },
        {
          id: "discount",
          name: "Discount",
          shareBp: 5_000,
          advocates: 1_000,
          friends: 310,
          confirmed: 170,
        },
      ],
      comparisons: [
        {
          arm: "discount",
          baseline: "cash",
          revenuePerAdvocate: null,
          conversion: {
            difference: 0.04,
            interval: [0.011, 0.069],
            method: "pooled z test, Newcombe interval",
            p: 0.006,
            verdict: "higher",
          },
        },
      ],
    },
  },
});

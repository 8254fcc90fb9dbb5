import { z } from "zod";
import { endpoint } from "@/lib/auth/endpoint";
import { daySchema } from "@/lib/core/values/day";
import { jsonCurrency } from "@/lib/core/json";
import { definitions } from "@/lib/reports";
import { definitionJson } from "@/lib/reports/json";
import { metricQuery } from "@/lib/reports/schema";

const group = "Metrics and reports";
const day = daySchema().meta({
  description: "A day in the shop's time zone.",
  example: "2026-11-21",
});
const figure = z.union([z.number(), z.string()]).nullable().meta({
  description:
    "A number; money as decimal text. A share is a fraction (0.2 is 20%). Null if unknown.",
});

const definition = z
  .looseObject({
    name: z.string(),
    title: z.string(),
    formula: z.string(),
    numerator: z.string(),
    denominator: z.string().nullable(),
    window: z.string(),
    exclusions: z.array(z.string()),
    unit: z.enum(["share", "money", "ratio", "count", "days"]),
    interval: z.string(),
    limit: z.string().meta({ description: "How much one question may ask for." }),
  })
  .meta({ id: "Definition", description: "What a number means, in words." });

const readingShape = {
  value: figure,
  unit: definition.shape.unit,
  currency: jsonCurrency.optional(),
  unknown: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .meta({ description: "Why the value cannot be known." }),
  assumes: z
    .string()
    .optional()
    .meta({ description: "What the value rests on that the shop has not said, in words." }),
  numerator: figure,
  denominator: figure,
  n: z.number().meta({ description: "How many people or things it is based on." }),
  interval: z.array(figure).nullable().meta({ description: "Low and high end of the interval." }),
  intervalMethod: z.string().nullable(),
  level: z.number().nullable(),
};
const besideSchema = z.looseObject({ key: z.string(), title: z.string(), ...readingShape });
const until = z
  .string()
  .nullable()
  .meta({
    description:
      "Set for what a running range is compared with: counted up to this moment only, so that " +
      "both are equally far.",
  });
const metricShape = {
  name: z.string(),
  ...readingShape,
  from: day,
  to: day,
  filling: z.boolean().meta({ description: "True while the range is not over yet." }),
  until,
  beside: z.array(besideSchema).meta({ description: "Figures to read alongside it." }),
};
const pointSchema = z.looseObject({
  from: day,
  to: day,
  filling: z.boolean(),
  until,
  ...readingShape,
});

export const getMetrics = endpoint({
  method: "GET",
  path: "/metrics",
  group,
  key: "secret",
  summary: "List every metric with its definition",
  response: z.looseObject({ data: z.array(definition) }),
  example: { response: { data: definitions().slice(0, 1).map(definitionJson) } },
});

const reading = {
  value: 0.21,
  unit: "share" as const,
  unknown: null,
  numerator: 21,
  denominator: 100,
  n: 100,
  interval: [0.142, 0.3],
  intervalMethod: "Wilson",
  level: 0.95,
};

export const getMetric = endpoint({
  method: "GET",
  path: "/metrics/{name}",
  group,
  key: "secret",
  summary: "Measure one metric",
  description:
    "Over calendar days in the shop's time zone, first and last included; the last 30 by " +
    "default. With `compare`, also over the days before (`previous`) or a year earlier (`year`), " +
    "with the change between them.",
  params: z.object({
    name: z
      .string()
      .max(60)
      .meta({ description: "A name from the list of metrics.", example: "referral_rate" }),
  }),
  query: metricQuery,
  response: z
    .looseObject({
      ...metricShape,
      timeZone: z.string(),
      definition,
      comparison: z.looseObject(metricShape).nullable(),
      change: z
        .looseObject({
          kind: z.enum(["difference", "relative"]),
          value: z.number(),
          interval: z.array(z.number()).nullable(),
          intervalMethod: z.string().nullable(),
        })
        .nullable(),
      series: z
        .looseObject({
          bucket: z.string(),
          points: z.array(pointSchema),
          comparison: z.array(pointSchema).nullable(),
        })
        .nullable(),
    })
    .meta({ id: "Measurement" }),
  errors: ["not_found"],
  example: {
    query: "?from=2026-11-01&to=2026-11-30&series=false",
    response: {
      name: "referral_rate",
      ...reading,
      from: "2026-11-01",
      to: "2026-11-30",
      filling: false,
      until: null,
      beside: [],
      timeZone: "UTC",
      definition: definitionJson(definitions().find(({ name }) => name === "referral_rate")!),
      comparison: null,
      change: null,
      series: null,
    },
  },
});

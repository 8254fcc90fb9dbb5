import { BENEFITS, benefitKind, type BenefitKind } from "@/lib/terms/kinds/benefits";
import { z } from "zod";
import { publicUrl } from "@/lib/core/address";
import { jsonAmount, jsonCurrency, jsonTime, timeOrNull } from "@/lib/core/json";
import { decimal } from "@/lib/core/money";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import type { ProgramRecord, PublishedProgram } from "./queries";
import { openness } from "./rules";
import "@/lib/terms/json";
import {
  type Benefit,
  calculatorSchema,
  ruleSchema,
  type Terms,
  termsSchema,
} from "@/lib/terms/schema";
import { PROGRAM_STATES, type ProgramState } from "./schema";

const common = {
  id: z.string().meta({ example: "prg_06…" }),
  slug: z.string().meta({ description: "Its name in URLs; accepted wherever its ID is." }),
  name: z.string(),
  state: z.enum(PROGRAM_STATES),
  version: z
    .int()
    .nullable()
    .meta({ description: "Version of the published terms; null before the first publishing." }),
  open: z.boolean().meta({ description: "Accepts new friends now: live, and within its dates." }),
  referUrl: z.string().meta({ description: "The customers' page." }),
};

/** A program as its merchant reads it through the API. */
export const programJsonSchema = z
  .object({
    ...common,
    terms: termsSchema
      .nullable()
      .meta({ description: "The published terms; null before the first publishing." }),
    draft: termsSchema.meta({ description: "What will be published next." }),
    advocates: z.int(),
    referrals: z.int(),
    rewards: z.int().meta({ description: "Rewards granted and not void or reversed." }),
    cost: jsonAmount.meta({ description: "Their cost, in the program's currency." }),
    currency: jsonCurrency,
    createdAt: jsonTime,
    updatedAt: jsonTime,
    publishedAt: jsonTime.nullable(),
    endedAt: jsonTime.nullable(),
  })
  .meta({ id: "Program" });
export type ProgramJson = z.infer<typeof programJsonSchema>;

const { budget: _budget, experiment: _experiment, ...publicTermsShape } = termsSchema.shape;
const { name: _name, off: _off, fallback: _fallback, ...publicRuleShape } = ruleSchema.shape;

const publicFields = Object.values(BENEFITS).flatMap(({ schema, publicFields }) =>
  publicFields.map((field) => {
    const shape: Record<string, z.ZodType> = schema.shape;
    return [field, shape[field]!.optional()];
  }),
);
const publicBenefit = z
  .object({
    kind: z.enum(Object.keys(BENEFITS) as BenefitKind[]),
    ...(Object.fromEntries(publicFields) as Record<string, z.ZodOptional>),
  })
  .meta({ id: "PublicBenefit" });

/**
 * What anyone may know of a program: no budget, nothing of what rewards cost the shop, and not how
 * its arms are drawn.
 */
export const publicProgramJsonSchema = z
  .object({
    ...common,
    terms: z.object({
      ...publicTermsShape,
      rules: z.array(
        z.object({
          ...publicRuleShape,
          benefit: publicBenefit,
          fallback: z.object({ benefit: publicBenefit, calculator: calculatorSchema }).optional(),
        }),
      ),
    }),
  })
  .meta({
    id: "PublicProgram",
    description: "What a publishable key can read: no budget, no costs.",
  });
export type PublicProgramJson = z.infer<typeof publicProgramJsonSchema>;

export function programToJson(scope: Scope, program: ProgramRecord): ProgramJson {
  return {
    id: program.id,
    slug: program.slug,
    name: program.name,
    state: program.state as ProgramState,
    version: program.currentVersion,
    open: program.published !== null && openness(program, program.published, scopeNow(scope)).open,
    referUrl: publicUrl(`/refer/${program.slug}`),
    terms: program.published,
    draft: program.draft,
    advocates: program.advocates,
    referrals: program.referrals,
    rewards: program.rewards,
    cost: decimal({ minor: program.costMinor, asset: scope.asset }),
    currency: scope.currency,
    createdAt: program.createdAt.toISOString(),
    updatedAt: program.updatedAt.toISOString(),
    publishedAt: timeOrNull(program.publishedAt),
    endedAt: timeOrNull(program.endedAt),
  };
}

export function publicProgramToJson(program: PublishedProgram): PublicProgramJson {
  return {
    id: program.id,
    slug: program.slug,
    name: program.name,
    version: program.version,
    open: program.openness.open,
    state:
      program.openness.open || program.openness.reason === "not_started"
        ? "live"
        : program.openness.reason,
    referUrl: publicUrl(`/refer/${program.slug}`),
    terms: publicTerms(program.terms),
  };
}

function publicTerms({
  budget: _budget,
  experiment: _experiment,
  rules,
  caps,
  ...terms
}: Terms): PublicProgramJson["terms"] {
  return {
    ...terms,
    ...(caps && { caps: caps.filter(({ who }) => who === "person") }),
    rules: rules.map(({ name: _name, off: _off, benefit, fallback, caps, ...rule }) => ({
      ...rule,
      benefit: publicly(benefit),
      ...(caps && { caps: caps.filter(({ who }) => who === "person") }),
      ...(fallback && {
        fallback: { benefit: publicly(fallback.benefit), calculator: fallback.calculator },
      }),
    })),
  };
}

/** Without what it costs, and where codes come from. */
function publicly(benefit: Benefit): z.infer<typeof publicBenefit> {
  const values: Readonly<Record<string, unknown>> = benefit;
  const shown = benefitKind(benefit.kind).publicFields.map((field) => [field, values[field]]);
  return { kind: benefit.kind, ...Object.fromEntries(shown) };
}

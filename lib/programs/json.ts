import { z } from "zod";
import { publicUrl } from "@/lib/core/address";
import { jsonAmount, jsonCurrency, jsonTime, timeOrNull } from "@/lib/core/json";
import { decimal } from "@/lib/core/money";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import type { PublishedProgram } from "./public-program";
import type { ProgramRecord } from "./queries";
import { openness } from "./rules";
import {
  type Benefit,
  benefitSchema,
  calculatorSchema,
  capSchema,
  codesSchema,
  conditionSchema,
  experimentSchema,
  expirySchema,
  fallbackSchema,
  linesSchema,
  ruleSchema,
  ruleTriggerSchema,
  type Terms,
  termsSchema,
  triggerSchema,
} from "@/lib/terms/schema";
import { PROGRAM_STATES, type ProgramState } from "./schema";

conditionSchema.register(z.globalRegistry, {
  id: "Condition",
  description: "all, any and none of other conditions, or one of its own kind.",
});
triggerSchema.register(z.globalRegistry, {
  id: "Trigger",
  description: "What can confirm a referral: something that its friend does.",
});
ruleTriggerSchema.register(z.globalRegistry, {
  id: "RuleTrigger",
  description:
    "What a rule waits for: what confirms referrals, and what the advocate does or becomes.",
});
calculatorSchema.register(z.globalRegistry, {
  id: "Calculator",
  description:
    "How much of a benefit. Shares are of the order or of its matching lines; steps give the amount of the last one reached.",
});
linesSchema.register(z.globalRegistry, {
  id: "OrderLines",
  description: "The lines of an order with one of these articles or categories.",
});
codesSchema.register(z.globalRegistry, {
  id: "CouponCodes",
  description: "Made to a pattern, # for a random character, or taken from a pool.",
});
capSchema.register(z.globalRegistry, {
  id: "Cap",
  description:
    "At most so many rewards, or so much cost, for a person or the whole program in a calendar period.",
});
expirySchema.register(z.globalRegistry, {
  id: "Expiry",
  description:
    "Days until what is given lapses, from its release or from its being handed out; null for never.",
});
fallbackSchema.register(z.globalRegistry, {
  id: "Fallback",
  description: "Given instead when a cap or the budget leaves no room.",
});
experimentSchema.register(z.globalRegistry, {
  id: "Experiment",
  description:
    "Arms with a share of the advocates each, in hundredths of a per cent, or with a segment. Rules name their arm.",
});
benefitSchema.register(z.globalRegistry, {
  id: "Benefit",
  description:
    "What is given. `percentBp` is in hundredths of a per cent; `unitCost` is what one costs the shop.",
});
ruleSchema.register(z.globalRegistry, { id: "RewardRule" });
termsSchema.register(z.globalRegistry, {
  id: "Terms",
  description:
    "What a program promises. Published terms never change; a new version replaces them.",
});

const { destination, qualification, budget, ...plainTerms } = termsSchema.shape;
destination.register(z.globalRegistry, {
  id: "Destination",
  description: "Where a share link leads: our invitation, or an address of the shop.",
});
describe(plainTerms, {
  currency: "The shop's own.",
  newCustomersOnly: "Only friends without an order before they were referred.",
  windowDays: "From the click, or the joining where there was none, to the conversion.",
  advocateCap: "Rewards that an advocate can earn in this program, ever.",
  startsAt: "What happens before does not count.",
  endsAt: "What happens from then on does not count.",
  termsText: "The small print, by language; English is shown where one is missing.",
  nominations:
    "A friend's \"who told you?\" after the purchase: not asked, decided by you, or by the advocate's yes.",
});
qualification.register(z.globalRegistry, { description: "What confirms a referral." });
describe(budget.shape, {
  cost: "Of both sides' rewards together, in the program's currency.",
  rewards: "How many, over both sides.",
});
describe(ruleSchema.shape, {
  id: "Stays the same over versions, so that one cause is rewarded once whatever is published in between.",
  on: "`qualified` waits for the referral to be confirmed, whatever confirms it.",
  calculator: "How much of it; `none` for what is not an amount.",
  holdDays: "How long the reward waits before it is released.",
  name: "For staff.",
  arm: "Of the experiment; without one the rule is for all.",
  off: "Kept in the draft, and left out when it is published.",
});

/** Words for fields whose schemas stand elsewhere; for the API's description. */
function describe<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
  words: { [field in keyof Shape]?: string },
): void {
  for (const [field, description] of Object.entries(words))
    shape[field]!.register(z.globalRegistry, { description: description! });
}

const common = {
  id: z.string().meta({ example: "prg_06…" }),
  slug: z.string().meta({ description: "Its name in addresses; taken wherever its id is." }),
  name: z.string(),
  state: z.enum(PROGRAM_STATES),
  version: z
    .int()
    .nullable()
    .meta({ description: "Of the terms in force; null before the first publishing." }),
  open: z.boolean().meta({ description: "Takes new friends now: live, and within its dates." }),
  referUrl: z.string().meta({ description: "The customers' page." }),
};

/** A program as the API tells its merchant. */
export const programJsonSchema = z
  .object({
    ...common,
    terms: termsSchema
      .nullable()
      .meta({ description: "In force; null before the first publishing." }),
    draft: termsSchema.meta({ description: "What the next publishing puts in force." }),
    advocates: z.int(),
    referrals: z.int(),
    rewards: z.int().meta({ description: "Rewards that stand." }),
    cost: jsonAmount.meta({ description: "What they cost, in the program's currency." }),
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

const publicBenefit = z
  .object({
    kind: z.enum(benefitSchema.options.map((option) => option.shape.kind.value)),
    percentBp: z.int().optional(),
    title: z.string().optional(),
    at: z.string().nullable().optional(),
    to: z.string().optional(),
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
    description: "What a publishable key may read: no budget, no costs.",
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
  return {
    kind: benefit.kind,
    ...(benefit.kind === "percent_off" && { percentBp: benefit.percentBp }),
    ...((benefit.kind === "gift" || benefit.kind === "event_access") && { title: benefit.title }),
    ...(benefit.kind === "event_access" && { at: benefit.at }),
    ...(benefit.kind === "donation" && { to: benefit.to }),
  };
}

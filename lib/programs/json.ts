import { z } from "zod";
import { publicUrl } from "@/lib/core/address";
import { jsonAmount, jsonCurrency, jsonTime, timeOrNull } from "@/lib/core/json";
import { decimal } from "@/lib/core/money";
import { type Scope, scopeNow } from "@/lib/merchants/scope";
import type { PublishedProgram } from "./public-program";
import type { ProgramRecord } from "./queries";
import { openness } from "./rules";
import {
  benefitSchema, conditionSchema, PROGRAM_STATES, type ProgramState, ruleSchema, type Terms, termsSchema, triggerSchema,
} from "./schema";

conditionSchema.register(z.globalRegistry, { id: "Condition", description: "all, any and none of other conditions, or one of its own kind." });
triggerSchema.register(z.globalRegistry, { id: "Trigger" });
benefitSchema.register(z.globalRegistry, { id: "Benefit", description: "What is given. `percentBp` is in hundredths of a per cent; `unitCost` is what one costs the shop." });
ruleSchema.register(z.globalRegistry, { id: "RewardRule" });
termsSchema.register(z.globalRegistry, { id: "Terms", description: "What a program promises. Published terms never change; a new version replaces them." });

const { destination, qualification, budget, ...plainTerms } = termsSchema.shape;
destination.register(z.globalRegistry, { id: "Destination", description: "Where a share link leads: our invitation, or an address of the shop." });
describe(plainTerms, {
  currency: "The shop's own.",
  newCustomersOnly: "Only friends without an order before they were referred.",
  windowDays: "From the click, or the joining where there was none, to the conversion.",
  advocateCap: "Rewards that an advocate can earn in this program, ever.",
  startsAt: "What happens before does not count.",
  endsAt: "What happens from then on does not count.",
  termsText: "The small print, by language; English is shown where one is missing.",
});
qualification.register(z.globalRegistry, { description: "What confirms a referral." });
describe(budget.shape, { cost: "Of both sides' rewards together, in the program's currency.", rewards: "How many, over both sides." });
describe(ruleSchema.shape, {
  id: "Stays the same over versions, so that one cause is rewarded once whatever is published in between.",
  on: "`qualified` waits for the referral to be confirmed, whatever confirms it.",
  calculator: "How much of it; `none` for what is not an amount.",
  holdDays: "How long the reward waits before it is released.",
});

/** Words for fields whose schemas stand elsewhere; for the API's description. */
function describe<Shape extends Record<string, z.ZodType>>(shape: Shape, words: { [field in keyof Shape]?: string }): void {
  for (const [field, description] of Object.entries(words)) shape[field]!.register(z.globalRegistry, { description: description! });
}

const common = {
  id: z.string().meta({ example: "prg_06…" }),
  slug: z.string().meta({ description: "Its name in addresses; taken wherever its id is." }),
  name: z.string(),
  state: z.enum(PROGRAM_STATES),
  version: z.int().nullable().meta({ description: "Of the terms in force; null before the first publishing." }),
  open: z.boolean().meta({ description: "Takes new friends now: live, and within its dates." }),
  referUrl: z.string().meta({ description: "The customers' page." }),
};

/** A program as the API tells its merchant. */
export const programJsonSchema = z.object({
  ...common,
  terms: termsSchema.nullable().meta({ description: "In force; null before the first publishing." }),
  draft: termsSchema.meta({ description: "What the next publishing puts in force." }),
  advocates: z.int(), referrals: z.int(),
  rewards: z.int().meta({ description: "Rewards that stand." }),
  cost: jsonAmount.meta({ description: "What they cost, in the program's currency." }),
  currency: jsonCurrency,
  createdAt: jsonTime, updatedAt: jsonTime, publishedAt: jsonTime.nullable(), endedAt: jsonTime.nullable(),
}).meta({ id: "Program" });
export type ProgramJson = z.infer<typeof programJsonSchema>;

const { budget: _budget, ...publicTermsShape } = termsSchema.shape;

/** What anyone may know of a program: no budget, and nothing of what rewards cost the shop. */
export const publicProgramJsonSchema = z.object({
  ...common,
  terms: z.object({
    ...publicTermsShape,
    rules: z.array(z.object({
      ...ruleSchema.shape,
      benefit: z.object({
        kind: z.enum(["percent_off", "amount_off", "credit", "cash", "points", "gift"]),
        percentBp: z.int().optional(), title: z.string().optional(),
      }),
    })),
  }),
}).meta({ id: "PublicProgram", description: "What a publishable key may read: no budget, no costs." });
export type PublicProgramJson = z.infer<typeof publicProgramJsonSchema>;

export function programToJson(scope: Scope, program: ProgramRecord): ProgramJson {
  return {
    id: program.id, slug: program.slug, name: program.name, state: program.state as ProgramState, version: program.currentVersion,
    open: program.published !== null && openness(program, program.published, scopeNow(scope)).open,
    referUrl: publicUrl(`/refer/${program.slug}`),
    terms: program.published, draft: program.draft,
    advocates: program.advocates, referrals: program.referrals, rewards: program.rewards,
    cost: decimal({ minor: program.costMinor, asset: scope.asset }), currency: scope.currency,
    createdAt: program.createdAt.toISOString(), updatedAt: program.updatedAt.toISOString(),
    publishedAt: timeOrNull(program.publishedAt), endedAt: timeOrNull(program.endedAt),
  };
}

export function publicProgramToJson(program: PublishedProgram): PublicProgramJson {
  return {
    id: program.id, slug: program.slug, name: program.name, version: program.version, open: program.openness.open,
    state: program.openness.open || program.openness.reason === "not_started" ? "live" : program.openness.reason,
    referUrl: publicUrl(`/refer/${program.slug}`),
    terms: publicTerms(program.terms),
  };
}

function publicTerms({ budget: _budget, rules, ...terms }: Terms): PublicProgramJson["terms"] {
  return {
    ...terms,
    rules: rules.map(({ benefit, ...rule }) => ({
      ...rule,
      benefit: {
        kind: benefit.kind,
        ...(benefit.kind === "percent_off" && { percentBp: benefit.percentBp }),
        ...(benefit.kind === "gift" && { title: benefit.title }),
      },
    })),
  };
}

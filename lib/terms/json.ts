import { z } from "zod";
import {
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
  termsSchema,
  triggerSchema,
} from "@/lib/terms/schema";

/**
 * What the API's description says about terms. Imported for what it registers, where terms are part
 * of an answer.
 */

conditionSchema.register(z.globalRegistry, {
  id: "Condition",
  description: "`all`, `any` or `none` of other conditions, or a condition of one kind.",
});
triggerSchema.register(z.globalRegistry, {
  id: "Trigger",
  description: "What can qualify a referral: something the friend does.",
});
ruleTriggerSchema.register(z.globalRegistry, {
  id: "RuleTrigger",
  description: "What a rule waits for: what qualifies a referral, or an action of the advocate.",
});
calculatorSchema.register(z.globalRegistry, {
  id: "Calculator",
  description:
    "How much of a benefit. Shares are of the order or of its matching lines; " +
    "steps grant the amount of the highest step reached.",
});
linesSchema.register(z.globalRegistry, {
  id: "OrderLines",
  description: "The lines of an order with one of these SKUs or categories.",
});
codesSchema.register(z.globalRegistry, {
  id: "CouponCodes",
  description: "Generated from a pattern, # for a random character, or taken from a pool.",
});
capSchema.register(z.globalRegistry, {
  id: "Cap",
  description:
    "The most rewards or cost, for each person or the whole program, in a calendar period.",
});
expirySchema.register(z.globalRegistry, {
  id: "Expiry",
  description:
    "Days until a reward expires, from its release or from its delivery; null for never.",
});
fallbackSchema.register(z.globalRegistry, {
  id: "Fallback",
  description: "Granted instead when a cap or the budget is used up.",
});
experimentSchema.register(z.globalRegistry, {
  id: "Experiment",
  description:
    "Arms, each with a share of the advocates in basis points or with a segment. " +
    "Rules name their arm.",
});
benefitSchema.register(z.globalRegistry, {
  id: "Benefit",
  description:
    "What is granted. `percentBp` is in basis points; `unitCost` is what one costs the shop.",
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
  description: "Where a share link leads: the invite page, or a page of the shop.",
});
describe(plainTerms, {
  currency: "The shop's currency.",
  newCustomersOnly: "Only friends without an order before they were referred.",
  windowDays: "Days from the click, or from joining where there was none, to the conversion.",
  advocateCap: "Rewards an advocate can earn in this program, all time.",
  startsAt: "Earlier events do not count.",
  endsAt: "Events from then on do not count.",
  termsText: "The small print, by language; English is shown where one is missing.",
  nominations:
    'A friend\'s "who told you?" after a purchase: not asked, decided by you, or confirmed by ' +
    "the advocate.",
});
qualification.register(z.globalRegistry, { description: "What qualifies a referral." });
describe(budget.shape, {
  cost: "Of the rewards of both sides, in the program's currency.",
  rewards: "How many, over both sides.",
});
describe(ruleSchema.shape, {
  id: "Stays the same in every version, so that one cause is rewarded once.",
  on: "`qualified` waits for whatever qualifies the referral.",
  calculator: "How much; `none` where the benefit is no amount.",
  holdDays: "Days the reward is held before it is released.",
  name: "For staff.",
  arm: "Arm of the experiment; without one the rule applies to everyone.",
  off: "Switched off: kept in the draft, left out when it is published.",
});

/** Describes fields of a shape that is defined elsewhere. */
function describe<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
  words: { [field in keyof Shape]?: string },
): void {
  for (const [field, description] of Object.entries(words))
    shape[field]!.register(z.globalRegistry, { description: description! });
}

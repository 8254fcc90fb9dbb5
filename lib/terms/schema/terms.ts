import { z } from "zod";
import { isCurrency } from "@/lib/core/money";
import { decimalText, isoTime } from "./amounts";
import { firstAmountTooFine } from "./amounts-in-terms";
import { conditionSchema, MOST_NODES, nodesOf } from "./conditions";
import { experimentSchema } from "./experiments";
import { fraudSchema } from "./fraud";
import { capSchema, ruleSchema } from "./rules";
import { triggerSchema } from "./triggers";

const httpUrl = z
  .url({ protocol: /^https?$/, error: "Write a full address, like https://shop.example.com." })
  .max(500);

export const termsSchema = z
  .strictObject({
    currency: z.string().refine(isCurrency, "This is not a currency."),
    rules: z.array(ruleSchema).min(1, "A program needs a reward.").max(40),
    /** What qualifies a referral. */
    qualification: z.strictObject({ trigger: triggerSchema, conditions: conditionSchema }),
    /** Only friends without an order before they were referred. */
    newCustomersOnly: z.boolean(),
    /** From the click, or the joining where there was none, to the conversion. */
    windowDays: z.int().min(1).max(730),
    /** Rewards an advocate can earn in this program, ever. */
    advocateCap: z.int().min(1).max(100_000).nullable(),
    budget: z.strictObject({
      /** Cost over both sides, in the program's currency. */
      cost: decimalText.nullable(),
      /** Rewards over both sides. */
      rewards: z.int().min(1).max(10_000_000).nullable(),
    }),
    /** Caps over all rules together. */
    caps: z.array(capSchema).max(10).optional(),
    experiment: experimentSchema.optional(),
    /** What makes a referral suspicious, where it is not as by default. */
    fraud: fraudSchema.optional(),
    /**
     * A friend's "who told you?" after the purchase: not asked, decided by the merchant, or by the
     * advocate's yes.
     */
    nominations: z.enum(["off", "merchant", "advocate"]).optional(),
    startsAt: isoTime.nullable(),
    endsAt: isoTime.nullable(),
    destination: z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("invite") }),
      z.strictObject({ kind: z.literal("shop"), url: httpUrl }),
    ]),
    /** The small print, by language; English is shown where one is missing. */
    termsText: z.strictObject({
      en: z.string().max(10_000),
      sq: z.string().max(10_000),
      zh: z.string().max(10_000),
    }),
  })
  .superRefine((terms, context) => {
    const say = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    if (terms.startsAt && terms.endsAt && Date.parse(terms.startsAt) >= Date.parse(terms.endsAt)) {
      say(["endsAt"], "The end comes after the start.");
    }
    const trees = [
      { path: ["qualification", "conditions"], tree: terms.qualification.conditions },
      ...terms.rules.map(({ conditions }, index) => ({
        path: ["rules", index, "conditions"],
        tree: conditions,
      })),
    ];
    for (const { path, tree } of trees)
      if (nodesOf(tree) > MOST_NODES) say(path, `Use at most ${MOST_NODES} conditions in a rule.`);
    if (new Set(terms.rules.map((rule) => rule.id)).size !== terms.rules.length)
      say(["rules"], "Two rules have the same id.");
    const arms = terms.experiment?.arms.map((arm) => arm.id) ?? [];
    terms.rules.forEach((rule, index) => {
      if (rule.arm !== undefined && !arms.includes(rule.arm))
        say(["rules", index, "arm"], "Arm not found.");
    });
    const tooFine = firstAmountTooFine(terms);
    if (tooFine) say(tooFine, `${terms.currency} has fewer decimal places.`);
  });
export type Terms = z.infer<typeof termsSchema>;

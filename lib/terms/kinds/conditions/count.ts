import { z } from "zod";
import { COUNT_KINDS } from "../../facts/conditions";
import {
  BOUNDED,
  boundsFields,
  boundsShape,
  boundsWords,
  isBounded,
  isOrdered,
  ORDERED,
  within,
} from "../bounds";
import type { ConditionKind } from "../condition";
import { COUNT_SUBJECTS, COUNT_WORDS, countedField } from "../counts";

const schema = z
  .strictObject({ kind: z.literal("count"), of: z.enum(COUNT_KINDS), ...boundsShape })
  .refine(isBounded, BOUNDED)
  .refine(isOrdered, ORDERED);

/** How often it happened so far, this time included. */
export const count = {
  schema,
  form: {
    label: "Count so far",
    fields: [countedField("How often so far, this time included"), ...boundsFields],
  },
  asks: ({ of }) => ({ counts: [of] }),
  judge(condition, { counts }) {
    const found = counts[condition.of];
    const wanted = `it takes ${boundsWords(condition)}`;
    const subject = COUNT_SUBJECTS[condition.of];
    if (found === null)
      return {
        holds: false,
        code: "count_unknown",
        message: `The ${subject} are not counted here; ${wanted}.`,
      };
    const holds = within(found, condition);
    const isLow = found < (condition.atLeast ?? 0);
    return {
      holds,
      code: holds ? "count_right" : isLow ? "count_too_low" : "count_too_high",
      message: `${found} ${subject} so far; ${wanted}.`,
    };
  },
  staffWords: (condition) => `${boundsWords(condition)} ${COUNT_WORDS[condition.of]} so far`,
  customerWords({ of, atLeast, atMost }, { t }) {
    const friends = of === "confirmed_referrals";
    const from = friends ? "when.if.friendsFrom" : "when.if.purchasesFrom";
    const to = friends ? "when.if.friendsTo" : "when.if.purchasesTo";
    return [
      ...(atLeast === undefined ? [] : [t(from, { n: atLeast })]),
      ...(atMost === undefined ? [] : [t(to, { n: atMost })]),
    ];
  },
} satisfies ConditionKind<z.infer<typeof schema>>;

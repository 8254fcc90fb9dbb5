import { z } from "zod";
import { daysBetween } from "@/lib/core/time";
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

const schema = z
  .strictObject({
    kind: z.literal("days_since"),
    what: z.enum(["click", "joining"]),
    ...boundsShape,
  })
  .refine(isBounded, BOUNDED)
  .refine(isOrdered, ORDERED);

/**
 * Whole days from the click, or from the joining, to what happened. A clock that runs ahead makes
 * no negative days.
 */
export const daysSince = {
  schema,
  form: {
    label: "Days since",
    fields: [
      {
        name: "what",
        label: "Whole days since",
        control: "choice",
        options: [
          { value: "click", label: "The click" },
          { value: "joining", label: "The joining" },
        ],
      },
      ...boundsFields,
    ],
  },
  isAboutOrder: true,
  judge(condition, { at, clickedAt, joinedAt }) {
    const what = condition.what === "click" ? "the click" : "joining";
    const from = condition.what === "click" ? clickedAt : joinedAt;
    const wanted = `it takes ${boundsWords(condition)}`;
    if (from === null || at === null) {
      return {
        holds: false,
        code: "days_unknown",
        message: `It is not known when ${what} was; ${wanted} days since then.`,
      };
    }
    const days = Math.max(0, Math.floor(daysBetween(from, at)));
    const holds = within(days, condition);
    return {
      holds,
      code: holds ? "days_right" : days < (condition.atLeast ?? 0) ? "too_early" : "too_late",
      message: `${days} days after ${what}; ${wanted}.`,
    };
  },
  staffWords: (condition) =>
    `${boundsWords(condition)} days after the ${condition.what === "click" ? "click" : "joining"}`,
  customerWords({ what, atLeast, atMost }, { t }) {
    const after = what === "click" ? "when.if.afterClick" : "when.if.afterJoining";
    const until = what === "click" ? "when.if.withinClick" : "when.if.withinJoining";
    return [
      ...(atLeast === undefined ? [] : [t(after, { days: atLeast })]),
      ...(atMost === undefined ? [] : [t(until, { days: atMost })]),
    ];
  },
} satisfies ConditionKind<z.infer<typeof schema>>;

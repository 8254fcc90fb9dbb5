"use server";

import { merchantAction } from "@/lib/auth/action";
import { decideNomination } from "@/lib/nominations/commands/decide-nomination";
import { decideNominationSchema } from "@/lib/nominations/schema";
import { answerQuestion } from "@/lib/desk/commands";
import { answerQuestionSchema } from "@/lib/desk/schema";

export const answer = merchantAction(
  answerQuestionSchema,
  "reward.decide",
  async (scope, input) => {
    await answerQuestion(scope, input);
    return null;
  },
);

export const decide = merchantAction(decideNominationSchema, "referral.decide", (scope, input) =>
  decideNomination(scope, input),
);

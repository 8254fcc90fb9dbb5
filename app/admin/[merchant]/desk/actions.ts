"use server";

import { merchantAction } from "@/lib/auth/action";
import { decideNomination } from "@/lib/nominations/commands/nominate";
import { decideNominationSchema } from "@/lib/nominations/schema";
import { answerReview } from "@/lib/desk/commands";
import { answerReviewSchema } from "@/lib/desk/schema";

export const answer = merchantAction(answerReviewSchema, "reward.decide", async (scope, input) => {
  await answerReview(scope, input);
  return null;
});

export const decide = merchantAction(decideNominationSchema, "referral.decide", (scope, input) =>
  decideNomination(scope, input),
);

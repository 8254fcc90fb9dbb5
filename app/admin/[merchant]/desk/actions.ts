"use server";

import { merchantAction } from "@/lib/auth/action";
import { decideNomination } from "@/lib/pipeline/nominations/commands";
import { decideNominationSchema } from "@/lib/referrals/nomination-schema";
import { answerReview } from "@/lib/rewards/reviews/commands";
import { answerReviewSchema } from "@/lib/rewards/reviews/schema";

export const answer = merchantAction(answerReviewSchema, "reward.decide", async (scope, input) => {
  await answerReview(scope, input);
  return null;
});

export const decide = merchantAction(decideNominationSchema, "referral.decide", (scope, input) =>
  decideNomination(scope, input),
);

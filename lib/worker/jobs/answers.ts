import { forgetAnswers } from "@/lib/merchants/commands/answer-once";
import { forgetRequests } from "@/lib/rewards/destinations/commands";
import { everyMerchant } from "../job-kinds/every-merchant";
import type { Job } from "../job-kinds/job";

/** Answers of the API that were kept under an Idempotency-Key, deleted once their time is over. */
export const forgetOldAnswers: Job = {
  name: "forget_answers",
  schedule: { cron: "57 3 * * *" },
  onTestClock: false,
  due: null,
  late: null,
  run: () => everyMerchant("forget_answers", forgetAnswers),
};

/** Payout details that nobody confirmed in time, deleted. */
export const forgetPayoutRequests: Job = {
  name: "forget_payout_requests",
  schedule: { cron: "47 3 * * *" },
  onTestClock: false,
  due: null,
  late: null,
  run: () => everyMerchant("forget_payout_requests", forgetRequests),
};

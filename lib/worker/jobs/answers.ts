import { forgetAnswers } from "@/lib/merchants/commands/answer-once";
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

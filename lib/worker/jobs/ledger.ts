import { log } from "@/lib/core/log";
import { checkLedger } from "@/lib/ledger/commands/check-ledger";
import { everyMerchant } from "../job-kinds/every-merchant";
import type { Job } from "../job-kinds/job";

/**
 * Every merchant's books, added up again each night. What was found is kept and shown on the
 * dashboard; a difference is logged as an error.
 */
export const reconcileLedgers: Job = {
  name: "reconcile_ledgers",
  schedule: { cron: "17 2 * * *" },
  onTestClock: false,
  due: null,
  late: null,
  run: () =>
    everyMerchant("reconcile_ledgers", async (scope) => {
      const { differences } = await checkLedger(scope);
      if (differences.length > 0)
        log.error({ merchantId: scope.merchantId, differences }, "the ledger does not add up");
    }),
};

import { Prisma } from "@/lib/core/db";
import { type Burst, forgetNetworks } from "@/lib/fraud/commands";
import { raiseBursts } from "@/lib/pipeline/intake/signals/raise-bursts";
import { type DueItem, ofMerchant } from "../due";
import { everyMerchant } from "../job-kinds/every-merchant";
import { itemJob, type Job } from "../job-kinds/job";

/** Advocates and networks in which a referral began: how many there are is counted again. */
export const countBursts = itemJob<DueItem & Burst>({
  name: "count_bursts",
  due: (filter) => Prisma.sql`
    SELECT merchant_id AS "merchantId", ref AS id, kind, ref, min(noted_at) AS "dueAt"
    FROM burst_due WHERE ${ofMerchant(filter)} GROUP BY merchant_id, kind, ref`,
  late: { afterMinutes: 5, cost: "Bursts of referrals are noticed late." },
  doOne: (scope, { kind, ref }) => raiseBursts(scope, { kind, ref }),
});

/** Hashed networks, deleted once they can tell nothing any more. */
export const forgetOldNetworks: Job = {
  name: "forget_networks",
  schedule: { cron: "17 * * * *" },
  onTestClock: false,
  due: null,
  late: null,
  run: () => everyMerchant("forget_networks", forgetNetworks),
};

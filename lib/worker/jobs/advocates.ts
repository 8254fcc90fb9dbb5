import { Prisma } from "@/lib/core/db";
import { processAdvocate } from "@/lib/pipeline/process/process-advocate";
import { assignVisits } from "@/lib/pipeline/process/assign-visits";
import { BATCH, ofMerchant } from "../due";
import { itemJob } from "../job-kinds/job";

/** Clicks on links of programs that reward visits, noted together by the hot path. */
export const assignVisitsToAdvocates = itemJob({
  name: "assign_visits_to_advocates",
  due: (filter) => Prisma.sql`
    SELECT v.merchant_id AS "merchantId", v.merchant_id AS id,
      (
        SELECT e.recorded_at FROM event e
        WHERE e.merchant_id = v.merchant_id AND e.id = min(v.id)
      ) AS "dueAt"
    FROM visit_due v WHERE ${ofMerchant(filter, Prisma.sql`v.merchant_id`)} GROUP BY v.merchant_id`,
  late: { afterMinutes: 5, cost: "Rewards for visits are granted late." },
  doOne: (scope) => assignVisits(scope, BATCH),
});

/** Advocates who joined, whose friends qualified or no longer do, or whose links had visitors. */
export const processAdvocates = itemJob({
  name: "process_advocates",
  due: (filter) => Prisma.sql`
    SELECT merchant_id AS "merchantId", advocate_id AS id, min(noted_at) AS "dueAt"
    FROM advocate_due WHERE ${ofMerchant(filter)} GROUP BY 1, 2`,
  late: { afterMinutes: 5, cost: "Milestones and rewards for own actions are granted late." },
  doOne: (scope, { id }) => processAdvocate(scope, id),
});

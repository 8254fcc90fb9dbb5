import { Prisma } from "@/lib/core/db";
import { settleNotedSignals } from "@/lib/pipeline/intake/raise-signals";
import { ofMerchant } from "../due";
import { itemJob } from "../job-kinds/job";

/** Customers of whom something became known outside of an event that others have too. */
export const compareIdentities = itemJob({
  name: "compare_identities",
  due: (filter) => Prisma.sql`
    SELECT merchant_id AS "merchantId", customer_id AS id, min(noted_at) AS "dueAt"
    FROM identity_due WHERE ${ofMerchant(filter)} GROUP BY 1, 2`,
  late: { afterMinutes: 5, cost: "One person under two ids may be rewarded." },
  doOne: (scope, { id }) => settleNotedSignals(scope, id),
});

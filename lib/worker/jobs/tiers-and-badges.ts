import { Prisma } from "@/lib/core/db";
import { noteAnniversaries } from "@/lib/loyalty/badges/commands/note-anniversaries";
import { noteNextOfRecount } from "@/lib/loyalty/commands";
import type { Scope } from "@/lib/merchants/scope";
import { updateLoyalty } from "@/lib/pipeline/process/tiers-and-badges";
import { dueBy, type DueItem, MOST_OF_ONE, ofMerchant, shopsIn } from "../due";
import { itemJob } from "../job-kinds/job";

const LATE = { afterMinutes: 60, cost: "Tiers and badges are out of date." };

/** Merchants where a new day has begun, and with it anniversaries that badges ask for. */
export const findAnniversaries = itemJob({
  name: "find_anniversaries",
  due: (filter) =>
    dueBy(filter, {
      table: Prisma.sql`loyalty_sweep`,
      at: Prisma.sql`t.next_at`,
      where: Prisma.sql`TRUE`,
      columns: Prisma.sql`t.merchant_id AS id`,
    }),
  late: LATE,
  doOne: (scope) => noteAnniversaries(scope),
});

/** Merchants whose tiers or badges were edited: everybody's are worked out again. */
export const recountTiersAndBadges = itemJob({
  name: "recount_tiers_and_badges",
  due: (filter) => Prisma.sql`
    SELECT merchant_id AS "merchantId", merchant_id AS id, NULL::timestamptz AS "dueAt"
    FROM loyalty_sweep WHERE recount_after IS NOT NULL AND ${ofMerchant(filter)}`,
  late: null,
  doOne: (scope) => noteNextOfRecount(scope),
});

/** Customers whose facts or rules have changed, the first noted first. */
export const updateTiersAndBadges = itemJob({
  name: "update_tiers_and_badges",
  due: ({ merchantId }) => Prisma.sql`
    WITH RECURSIVE ${shopsIn(Prisma.sql`loyalty_due`, merchantId)}
    SELECT DISTINCT s.merchant_id AS "merchantId", d.customer_id AS id,
      NULL::timestamptz AS "dueAt"
    FROM shops s CROSS JOIN LATERAL (
      SELECT customer_id FROM loyalty_due l WHERE l.merchant_id = s.merchant_id
      ORDER BY l.noted_in LIMIT ${MOST_OF_ONE}
    ) d`,
  late: null,
  doOne: update,
});

/** Customers whose tier is to be reviewed because time has passed. */
export const reviewTiers = itemJob({
  name: "review_tiers",
  due: (filter) =>
    dueBy(filter, {
      table: Prisma.sql`customer_tier`,
      at: Prisma.sql`t.review_at`,
      where: Prisma.sql`TRUE`,
      columns: Prisma.sql`t.customer_id AS id`,
    }),
  late: LATE,
  doOne: update,
});

async function update(scope: Scope, { id }: DueItem): Promise<boolean> {
  await updateLoyalty(scope, id);
  return true;
}

import { Prisma } from "@/lib/core/db";
import { inScope, scopeNow } from "@/lib/merchants/scope";
import { settleFriends } from "@/lib/pipeline/process/settle-friends";
import { type DueItem, dueBy } from "../due";
import { itemJob } from "../job-kinds/job";

/** Referrals whose friend did not qualify in time. */
export const expireReferrals = itemJob<DueItem & { friendId: string }>({
  name: "expire_referrals",
  due: (filter) =>
    dueBy(filter, {
      table: Prisma.sql`referral`,
      at: Prisma.sql`t.expires_at`,
      where: Prisma.sql`t.state = 'joined'`,
      columns: Prisma.sql`t.id, t.friend_id AS "friendId"`,
    }),
  late: { afterMinutes: 60, cost: "Referrals look open although their time is over." },
  doOne: async (scope, { friendId }) => {
    const now = scopeNow(scope);
    return inScope(scope, async (tx) => {
      const cause = { key: `expiry:${now.getTime()}`, at: now };
      const { decisions } = await settleFriends(tx, [friendId], cause);
      return decisions.length > 0;
    });
  },
});

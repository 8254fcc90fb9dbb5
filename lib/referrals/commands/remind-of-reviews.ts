import { publicUrl } from "@/lib/core/address";
import { addDays, DAY_MS } from "@/lib/core/time";
import { adminPaths } from "@/lib/merchants/paths";
import { roleAllows, ROLES } from "@/lib/merchants/rules/roles";
import { asReviewDecision } from "@/lib/merchants/schema";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { queueUserMessage } from "@/lib/messaging/commands/queue-message";

/**
 * Reminds everybody who decides on referrals of all that wait for them, with one email: once one
 * has waited for as long as the shop says, and again after as long.
 * @returns whether anything was due
 */
export async function remindOfReviews(scope: Scope): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const { db, merchantId } = tx;
    const now = scopeNow(tx);
    const shop = await db.merchant.findUniqueOrThrow({
      where: { id: merchantId },
      select: {
        name: true,
        reviewRemindDays: true,
        reviewDecideDays: true,
        reviewDecision: true,
      },
    });
    const waits = {
      merchantId,
      reviewAt: { not: null },
      state: { in: ["joined", "qualified", "rewarded"] },
    };
    const found = await db.referral.findMany({ where: waits, select: { id: true } });
    await tx.lock.referrals(...found.map(({ id }) => id));
    const rows = await db.referral.findMany({
      where: { ...waits, id: { in: found.map(({ id }) => id) } },
      select: { id: true, reviewAt: true, remindedAt: true },
    });
    const since = addDays(now, -shop.reviewRemindDays);
    if (!rows.some(({ reviewAt, remindedAt }) => (remindedAt ?? reviewAt!) <= since)) return false;
    await db.referral.updateMany({
      where: { merchantId, id: { in: rows.map(({ id }) => id) } },
      data: { remindedAt: now },
    });
    const oldest = Math.min(...rows.map(({ reviewAt }) => reviewAt!.getTime()));
    const decision = asReviewDecision(shop.reviewDecision);
    const data = {
      url: publicUrl(`${adminPaths(tx.merchantSlug).referrals}?review=true`),
      shopName: shop.name,
      count: rows.length,
      oldestDays: Math.floor((now.getTime() - oldest) / DAY_MS),
      rule: decision === "wait" ? null : { decision, days: shop.reviewDecideDays },
    };
    const staff = await db.member.findMany({
      where: {
        merchantId,
        role: { in: ROLES.filter((role) => roleAllows(role, "referral.decide")) },
      },
      select: { user: { select: { email: true } } },
      orderBy: { userId: "asc" },
    });
    for (const { user } of staff)
      await queueUserMessage(db, { template: "reviews_waiting", recipient: user.email, data });
    return true;
  });
}

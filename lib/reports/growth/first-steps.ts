import { dateInZone } from "@/lib/core/time";
import type { Scope } from "@/lib/merchants/scope";
import { METRIC_LIMIT, within } from "../limits";
import { inReport } from "../sql";

/** What a new shop has done already, and the first day that there is anything to see of. */
export type FirstSteps = {
  /** Whether the shop said where friends go to buy, what it keeps of a sale, and has a logo. */
  hasWebAddress: boolean;
  hasMargin: boolean;
  hasLogo: boolean;
  program: { id: string; slug: string; state: string } | null;
  hasEvents: boolean;
  hasAdvocates: boolean;
  hasOrders: boolean;
  firstDay: string | null;
};

/** Which first steps are done. The program is a live one where there is any. */
export async function firstSteps(scope: Scope): Promise<FirstSteps> {
  const where = { merchantId: scope.merchantId };
  return inReport(scope, within(METRIC_LIMIT, 1), async ({ db }) => {
    const programs = await db.program.findMany({
      where,
      select: { id: true, slug: true, state: true },
      orderBy: { id: "asc" },
    });
    const event = await db.event.findFirst({
      where: { ...where, source: { in: ["api", "browser"] } },
      select: { id: true },
    });
    const advocate = await db.advocate.findFirst({ where, select: { id: true } });
    const first = await db.customer.findFirst({
      where: { ...where, firstOrderAt: { not: null } },
      orderBy: { firstOrderAt: "asc" },
      select: { firstOrderAt: true },
    });
    const shop = await db.merchant.findUniqueOrThrow({
      where: { id: scope.merchantId },
      select: { shopUrl: true, marginBp: true, logoAssetId: true },
    });
    return {
      hasWebAddress: shop.shopUrl !== null,
      hasMargin: shop.marginBp !== null,
      hasLogo: shop.logoAssetId !== null,
      program: programs.find(({ state }) => state === "live") ?? programs[0] ?? null,
      hasEvents: event !== null || first !== null,
      hasAdvocates: advocate !== null,
      hasOrders: first !== null,
      firstDay: first?.firstOrderAt ? dateInZone(first.firstOrderAt, scope.timeZone) : null,
    };
  });
}

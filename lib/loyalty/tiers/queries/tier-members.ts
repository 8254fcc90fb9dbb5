import { notFound } from "@/lib/core/errors";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { customerContaining } from "@/lib/customers/queries/list-customers";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { tierLadder, type TierRow } from "./ladder";

export type TierMember = {
  customerId: string;
  name: string | null;
  email: string | null;
  externalId: string | null;
  reachedAt: Date;
  keepUntil: Date;
  graceUntil: Date;
};

/** Who has a tier, the latest to reach it first. @throws DomainError not_found */
export async function tierMembers(
  scope: Scope,
  filter: {
    tierId: string;
    search?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
): Promise<{ tier: TierRow; page: Page<TierMember> }> {
  requirePermission(scope, "customer.read");
  const { merchantId } = scope;
  const after = filter.cursor ? decodeTimeCursor(filter.cursor) : null;
  const search = filter.search?.trim();
  return inScope(scope, async (tx) => {
    const tier = (await tierLadder(tx))?.tiers.find(({ id }) => id === filter.tierId);
    if (!tier) throw notFound("tier");
    const found = await tx.db.customerTier.findMany({
      where: {
        merchantId,
        tierId: tier.id,
        ...(search && { customer: customerContaining(search) }),
        ...(after && {
          OR: [
            { reachedAt: { lt: after.at } },
            { reachedAt: after.at, customerId: { lt: after.id } },
          ],
        }),
      },
      orderBy: [{ reachedAt: "desc" }, { customerId: "desc" }],
      take: filter.limit + 1,
      select: {
        customerId: true,
        reachedAt: true,
        keepUntil: true,
        graceUntil: true,
        customer: { select: { name: true, email: true, externalId: true } },
      },
    });
    const rows = found.map(({ customer, ...customerTier }): TierMember => ({
      ...customerTier,
      ...customer,
    }));
    return {
      tier,
      page: toPage(rows, filter.limit, (row) => [row.reachedAt.toISOString(), row.customerId]),
    };
  });
}

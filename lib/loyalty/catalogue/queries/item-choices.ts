import { inScope, type Scope } from "@/lib/merchants/scope";

/** The tiers, lowest first, and the pools of codes, by name: what an item can be tied to. */
export async function itemChoices(
  scope: Scope,
): Promise<Record<"tiers" | "pools", { id: string; name: string }[]>> {
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => ({
    tiers: await db.tier.findMany({
      where: { merchantId },
      orderBy: { rank: "asc" },
      select: { id: true, name: true },
    }),
    pools: await db.couponPool.findMany({
      where: { merchantId },
      orderBy: { name: "asc" },
      select: { id: true, name: true },
    }),
  }));
}

/** Names of all items in the catalogue's order: for filters. */
export async function itemNames(scope: Scope): Promise<{ id: string; name: string }[]> {
  const items = await inScope(scope, ({ db }) =>
    db.catalogueItem.findMany({
      where: { merchantId: scope.merchantId },
      orderBy: [{ position: "asc" }, { id: "asc" }],
      select: { id: true, name: true },
      take: 500,
    }),
  );
  return items.map(({ id, name }) => ({ id, name: (name as { en: string }).en }));
}

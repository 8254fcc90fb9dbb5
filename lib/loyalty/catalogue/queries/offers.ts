import { deliveryOf } from "@/lib/terms/kinds/benefits";
import type { Db } from "@/lib/core/db";
import type { LocalizedText } from "@/lib/core/i18n/localized";
import { POINTS } from "@/lib/core/money";
import { accountId } from "@/lib/ledger/rules/accounts";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { CatalogueItem } from "@/prisma/generated/client";
import { type Asker, inCustomersOrder, leftOf, type Refusal, refusalOf } from "../rules";
import { type ItemWorth, itemWorthSchema } from "../schema/item";

/** An item as a page or the API shows it. */
export type Item = {
  id: string;
  name: LocalizedText;
  about: LocalizedText;
  icon: string;
  color: string;
  pricePoints: bigint;
  worth: ItemWorth;
  stock: number | null;
  redeemed: number;
  /**
   * How many can still be had: what the stock leaves, and the codes in its pool; null for as many
   * as are asked for.
   */
  left: number | null;
  perPerson: number | null;
  tierId: string | null;
  tierName: string | null;
  position: number;
  state: string;
  createdAt: Date;
  updatedAt: Date;
};

/** An item as one customer meets it. */
export type OfferedItem = Item & { refusal: Refusal | null; had: number };

export type Catalogue = {
  /** Points to spend. */
  points: bigint;
  /** What can be had first. */
  items: OfferedItem[];
};

const MOST = 500;

/**
 * What a customer can buy with their points: everything on offer, with the reason where they cannot
 * have it yet.
 */
export async function catalogueFor(scope: Scope, customerId: string): Promise<Catalogue> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const rows = await tx.db.catalogueItem.findMany({
      where: { merchantId, state: "active" },
      orderBy: [{ position: "asc" }, { id: "asc" }],
      take: MOST,
    });
    const [items, had, ranks, asker] = [
      await withFacts(tx.db, merchantId, rows),
      await hadBy(tx.db, merchantId, customerId),
      await tierRanks(tx.db, merchantId),
      await askerOf(tx, customerId),
    ];
    const offered = items.map((item): OfferedItem => {
      const own = had.get(item.id) ?? 0;
      return { ...item, had: own, refusal: refusalFor(item, ranks, { ...asker, had: own }) };
    });
    return { points: asker.points, items: inCustomersOrder(offered) };
  });
}

/** Why a customer cannot have an item now; null when they can. */
function refusalFor(item: Item, ranks: ReadonlyMap<string, number>, asker: Asker): Refusal | null {
  const tierRank = item.tierId === null ? null : (ranks.get(item.tierId) ?? "gone");
  // A pool of codes can be empty before the stock is.
  return refusalOf(
    { ...item, stock: item.left === null ? null : item.redeemed + item.left, tierRank },
    asker,
  );
}

/**
 * Rows with the name of their tier and the codes left in their pool.
 */
export async function withFacts(
  db: Db,
  merchantId: string,
  rows: readonly CatalogueItem[],
): Promise<Item[]> {
  const tiers = await db.tier.findMany({ where: { merchantId }, select: { id: true, name: true } });
  const names = new Map(tiers.map(({ id, name }) => [id, name]));
  const parsed = rows.map((row) => ({ row, worth: itemWorthSchema.parse(row.benefit) }));
  const pools = await freeCodes(
    db,
    merchantId,
    parsed.flatMap(({ worth }) => poolOf(worth) ?? []),
  );
  return parsed.map(({ row, worth }) => {
    const { benefit: _, merchantId: __, name, about, ...item } = row;
    const stocked = leftOf(row);
    const pool = poolOf(worth);
    const coded = pool === null ? null : (pools.get(pool) ?? 0);
    const left = stocked === null || coded === null ? (stocked ?? coded) : Math.min(stocked, coded);
    return {
      ...item,
      worth,
      left,
      name: name as LocalizedText,
      about: about as LocalizedText,
      tierName: item.tierId === null ? null : (names.get(item.tierId) ?? null),
    };
  });
}

/** Ranks of the merchant's tiers by their id. */
export async function tierRanks(db: Db, merchantId: string): Promise<Map<string, number>> {
  const tiers = await db.tier.findMany({ where: { merchantId }, select: { id: true, rank: true } });
  return new Map(tiers.map(({ id, rank }) => [id, rank]));
}

/**
 * Someone's points, tier and, of one item, how many they have. Expired lots buy nothing,
 * swept or not; what is owed is taken off.
 */
export async function askerOf(scope: Scope, customerId: string, itemId?: string): Promise<Asker> {
  return inScope(scope, async ({ db, merchantId }) => {
    const account = (kind: "available" | "owed") =>
      accountId({ kind, ownerId: customerId, asset: POINTS });
    const [row] = await db.$queryRaw<[Asker]>`
      SELECT
        (SELECT COALESCE(sum(remaining_minor), 0) FROM ledger_lot
          WHERE merchant_id = ${merchantId} AND account_id = ${account("available")}
            AND remaining_minor > 0
            AND (expires_at IS NULL OR expires_at > ${scopeNow(scope)}))::bigint
        + COALESCE((SELECT balance_minor FROM ledger_account WHERE merchant_id = ${merchantId}
          AND id = ${account("owed")}), 0) AS points,
        COALESCE((SELECT t.rank FROM customer_tier s
          JOIN tier_plan p ON p.merchant_id = s.merchant_id AND p.state = 'active'
          JOIN tier t ON t.merchant_id = s.merchant_id AND t.id = s.tier_id
          WHERE s.merchant_id = ${merchantId} AND s.customer_id = ${customerId}), 0) AS rank,
        (SELECT count(*)::int FROM redemption
          WHERE merchant_id = ${merchantId} AND customer_id = ${customerId}
            AND item_id = ${itemId ?? ""} AND state = 'done') AS had`;
    return row;
  });
}

/** How many of each item a customer has. */
async function hadBy(db: Db, merchantId: string, customerId: string): Promise<Map<string, number>> {
  const groups = await db.redemption.groupBy({
    by: ["itemId"],
    where: { merchantId, customerId, state: "done" },
    _count: true,
  });
  return new Map(groups.map(({ itemId, _count }) => [itemId, _count]));
}

function poolOf({ benefit }: ItemWorth): string | null {
  if (deliveryOf(benefit) !== "coupon" || !("codes" in benefit)) return null;
  return benefit.codes?.kind === "pool" ? benefit.codes.poolId : null;
}

async function freeCodes(
  db: Db,
  merchantId: string,
  poolIds: readonly string[],
): Promise<Map<string, number>> {
  if (poolIds.length === 0) return new Map();
  const groups = await db.couponPoolCode.groupBy({
    by: ["poolId"],
    where: { merchantId, poolId: { in: [...poolIds] }, takenAt: null },
    _count: true,
  });
  return new Map(groups.map(({ poolId, _count }) => [poolId, _count]));
}

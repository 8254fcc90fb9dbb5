import type { Db, Prisma } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { parseMoney } from "@/lib/core/money";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inSandboxOf } from "@/lib/merchants/commands/in-sandbox";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { CatalogueItem } from "@/prisma/generated/client";
import type { ItemInput, ItemWorth } from "../schema/item";

/**
 * Makes an item, at the end of the catalogue, or changes one: what was redeemed stays as it was
 * got. Test mode gets the same item, with codes of its own making in place of the merchant's.
 * @throws DomainError invalid_request (an amount finer than the currency, no such tier or pool),
 * not_found, conflict (less stock than customers have)
 */
export async function saveItem(
  scope: Scope,
  { itemId, ...input }: ItemInput & { itemId?: string | undefined },
): Promise<{ itemId: string }> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    await check(tx, input);
    const before = itemId === undefined ? null : await lockItem(tx, itemId);
    if (before && input.stock !== null && input.stock < before.redeemed) {
      throw new DomainError(
        "conflict",
        `Customers have already redeemed ${before.redeemed}.`,
        "stock",
      );
    }
    const id = before?.id ?? newId("itm");
    const position = before?.position ?? (await lastPosition(tx.db, tx.merchantId)) + 1;
    await write(tx, { id, position, state: before?.state ?? "active" }, input);
    await recordAudit(tx, {
      action: before ? "catalogue.edit" : "catalogue.create",
      subjectType: "catalogue_item",
      subjectId: id,
      summary: `${before ? "Changed" : "Added"} “${input.name.en}” for ${input.points} points`,
      detail: {
        points: input.points,
        stock: input.stock,
        perPerson: input.perPerson,
        tier: input.tier,
        kind: input.benefit.kind,
      },
    });
    await inSandboxOf(tx, (sandbox) =>
      write(sandbox, { id, position, state: before?.state ?? "active" }, withoutPool(input)),
    );
    return { itemId: id };
  });
}

/** Takes an item off the catalogue, or puts it back. What was redeemed stays. */
export async function setItemState(
  scope: Scope,
  { itemId, state }: { itemId: string; state: "active" | "disabled" },
): Promise<null> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    const item = await lockItem(tx, itemId);
    if (item.state === state) return null;
    const set = async ({ db, merchantId }: Tx) =>
      void (await db.catalogueItem.updateMany({
        where: { merchantId, id: itemId },
        data: { state, updatedAt: scopeNow(tx) },
      }));
    await set(tx);
    await recordAudit(tx, {
      action: state === "active" ? "catalogue.enable" : "catalogue.disable",
      subjectType: "catalogue_item",
      subjectId: itemId,
      summary: `${state === "active" ? "Showed" : "Hid"} “${nameOf(item)}”`,
      detail: {},
    });
    await inSandboxOf(tx, set);
    return null;
  });
}

/** Moves an item one place up or down. At the end of the list it stays where it is. */
export async function moveItem(
  scope: Scope,
  { itemId, direction }: { itemId: string; direction: "up" | "down" },
): Promise<null> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const all = await tx.db.catalogueItem.findMany({ where: { merchantId }, select: { id: true } });
    await tx.lock.items(...all.map(({ id }) => id));
    const items = await tx.db.catalogueItem.findMany({
      where: { merchantId },
      orderBy: [{ position: "asc" }, { id: "asc" }],
      select: { id: true, name: true },
    });
    const place = items.findIndex(({ id }) => id === itemId);
    if (place === -1) throw notFound("item");
    const other = direction === "up" ? place - 1 : place + 1;
    if (other < 0 || other >= items.length) return null;
    const order = items.map(({ id }) => id);
    [order[place], order[other]] = [order[other]!, order[place]!];
    const set = async (tx: Tx) =>
      void (await tx.db.$executeRaw`
      UPDATE catalogue_item SET position = place
      FROM unnest(${order}::text[]) WITH ORDINALITY AS wanted(id, place)
      WHERE catalogue_item.merchant_id = ${tx.merchantId} AND catalogue_item.id = wanted.id
        AND position <> place`);
    await set(tx);
    await recordAudit(tx, {
      action: "catalogue.move",
      subjectType: "catalogue_item",
      subjectId: itemId,
      summary: `Moved “${nameOf(items[place]!)}” ${direction}`,
      detail: {},
    });
    await inSandboxOf(tx, set);
    return null;
  });
}

/**
 * Reads an item and locks it until the transaction ends: stock and limits are asked and counted
 * under this lock. @throws DomainError not_found
 */
export async function lockItem({ db, lock, merchantId }: Tx, id: string): Promise<CatalogueItem> {
  await lock.items(id);
  const item = await db.catalogueItem.findUnique({ where: { merchantId_id: { merchantId, id } } });
  if (!item) throw notFound("item");
  return item;
}

/** The English name: for the audit log. */
export function nameOf({ name }: { name: Prisma.JsonValue }): string {
  return (name as { en: string }).en;
}

async function check(
  { db, merchantId, asset }: Tx,
  { benefit, calculator, tier }: Omit<ItemInput, "itemId">,
): Promise<void> {
  if (calculator.kind === "fixed") parseMoney(calculator.amount, asset, "calculator.amount");
  if (
    tier !== null &&
    !(await db.tier.findUnique({
      where: { merchantId_id: { merchantId, id: tier } },
      select: { id: true },
    }))
  ) {
    throw new DomainError("invalid_request", "Unknown tier.", "tier");
  }
  if ("codes" in benefit && benefit.codes?.kind === "pool") {
    const pool = await db.couponPool.findUnique({
      where: { merchantId_id: { merchantId, id: benefit.codes.poolId } },
      select: { id: true },
    });
    if (!pool) throw new DomainError("invalid_request", "Unknown pool of codes.", "poolId");
  }
}

async function lastPosition(db: Db, merchantId: string): Promise<number> {
  const { _max } = await db.catalogueItem.aggregate({
    where: { merchantId },
    _max: { position: true },
  });
  return _max.position ?? 0;
}

type Place = { id: string; position: number; state: string };

async function write(
  tx: Tx,
  { id, position, state }: Place,
  input: Omit<ItemInput, "itemId">,
): Promise<void> {
  const { db, merchantId } = tx;
  const now = scopeNow(tx);
  const worth: ItemWorth = {
    benefit: input.benefit,
    calculator: input.calculator,
    validDays: input.validDays,
  };
  const data = {
    name: input.name,
    about: input.about,
    icon: input.icon,
    color: input.color,
    pricePoints: BigInt(input.points),
    benefit: worth as unknown as Prisma.InputJsonValue,
    stock: input.stock,
    perPerson: input.perPerson,
    tierId: input.tier,
    updatedAt: now,
  };
  const there = await db.catalogueItem.findUnique({
    where: { merchantId_id: { merchantId, id } },
    select: { redeemed: true },
  });
  if (!there) {
    await db.catalogueItem.create({
      data: { merchantId, id, position, state, createdAt: now, ...data },
    });
    return;
  }
  // More may have been redeemed in test mode than there will ever be for real.
  const stock = data.stock === null ? null : Math.max(data.stock, there.redeemed);
  await db.catalogueItem.update({
    where: { merchantId_id: { merchantId, id } },
    data: { ...data, stock },
  });
}

/** Test mode hands no real code out. */
function withoutPool<I extends Omit<ItemInput, "itemId">>(input: I): I {
  const { benefit } = input;
  if (!("codes" in benefit) || benefit.codes?.kind !== "pool") return input;
  const { codes: _, ...rest } = benefit;
  return { ...input, benefit: rest };
}

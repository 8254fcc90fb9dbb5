import { z } from "zod";
import { Prisma } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { decodeCursor, type Page, toPage } from "@/lib/core/paging";
import { containing } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import type { CatalogueItem } from "@/prisma/generated/client";
import { ITEM_STATES } from "../schema/item";
import { type Item, withFacts } from "./offers";

export const itemFilterSchema = z.object({
  state: z.enum(ITEM_STATES).optional(),
  tier: z.string().max(40).optional(),
  /** Part of its name in any language. */
  search: z.string().trim().max(80).optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type ItemFilter = z.infer<typeof itemFilterSchema>;

/** The catalogue in the merchant's order, a page at a time. */
export async function listItems(scope: Scope, filter: ItemFilter): Promise<Page<Item>> {
  requirePermission(scope, "program.read");
  const { merchantId } = scope;
  const where = [Prisma.sql`merchant_id = ${merchantId}`];
  if (filter.state) where.push(Prisma.sql`state = ${filter.state}`);
  if (filter.tier) where.push(Prisma.sql`tier_id = ${filter.tier}`);
  if (filter.search) {
    const pattern = containing(filter.search);
    where.push(
      Prisma.sql`(name->>'en' ILIKE ${pattern} OR name->>'sq' ILIKE ${pattern}
        OR name->>'zh' ILIKE ${pattern})`,
    );
  }
  if (filter.cursor) {
    const [position = "", id = ""] = decodeCursor(filter.cursor, 2);
    if (!/^\d{1,9}$/.test(position))
      throw new DomainError(
        "invalid_request",
        "This cursor does not belong to this list.",
        "cursor",
      );
    where.push(Prisma.sql`(position, id) > (${Number(position)}, ${id})`);
  }
  return inScope(scope, async ({ db }) => {
    const ids = await db.$queryRaw<{ id: string }[]>`
      SELECT id FROM catalogue_item WHERE ${Prisma.join(where, " AND ")} ORDER BY position, id
        LIMIT ${filter.limit + 1}`;
    const rows = await db.catalogueItem.findMany({
      where: { merchantId, id: { in: ids.map(({ id }) => id) } },
      orderBy: [{ position: "asc" }, { id: "asc" }],
    });
    const page = toPage<CatalogueItem>(rows, filter.limit, (row) => [String(row.position), row.id]);
    return { ...page, rows: await withFacts(db, merchantId, page.rows) };
  });
}

/** One item. @throws DomainError not_found */
export async function itemById(scope: Scope, id: string): Promise<Item> {
  requirePermission(scope, "program.read");
  const { merchantId } = scope;
  return inScope(scope, async ({ db }) => {
    const row = await db.catalogueItem.findUnique({ where: { merchantId_id: { merchantId, id } } });
    if (!row) throw notFound("item");
    return (await withFacts(db, merchantId, [row]))[0]!;
  });
}

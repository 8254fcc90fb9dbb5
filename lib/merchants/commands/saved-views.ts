import type { z } from "zod";
import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { systemNow } from "@/lib/core/time";
import type { removeViewSchema, saveViewSchema } from "../schema";
import { inScope, type Scope } from "../scope";

/** How many views of all lists together one member keeps in a shop. */
export const MOST_VIEWS = 50;

/**
 * Keeps a list's filter under a name, for the member or for the whole team; the member's own view
 * of that name is replaced.
 * @throws DomainError conflict beyond 50 views, forbidden for who is no member
 */
export async function saveView(
  scope: Scope,
  { list, name, query, isShared }: z.output<typeof saveViewSchema>,
): Promise<{ id: string }> {
  const userId = memberOf(scope);
  return inScope(scope, async ({ db, merchantId }) => {
    const own = { merchantId, userId };
    const key = { merchantId_userId_list_name: { ...own, list, name } };
    const kept = await db.savedView.findUnique({ where: key, select: { id: true } });
    if (!kept && (await db.savedView.count({ where: own })) >= MOST_VIEWS)
      throw new DomainError("conflict", `You can keep ${MOST_VIEWS} views. Remove one first.`);
    return db.savedView.upsert({
      where: key,
      create: { ...own, id: newId("viw"), list, name, query, isShared, createdAt: systemNow() },
      update: { query, isShared },
      select: { id: true },
    });
  });
}

/** Removes a view of the member's own. @throws DomainError not_found for any other */
export async function removeView(
  scope: Scope,
  { viewId: id }: z.output<typeof removeViewSchema>,
): Promise<void> {
  const userId = memberOf(scope);
  await inScope(scope, async ({ db, merchantId }) => {
    const { count } = await db.savedView.deleteMany({ where: { merchantId, id, userId } });
    if (count === 0) throw notFound("view");
  });
}

function memberOf({ actor }: Scope): string {
  if (actor.kind !== "member") throw new DomainError("forbidden", "Only members keep views.");
  return actor.id;
}

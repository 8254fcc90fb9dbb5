import type { Prisma } from "@/lib/core/db";
import { decodeCursor, type Page, toPage } from "@/lib/core/paging";
import { withinDays } from "@/lib/core/lists/day-filter";
import { contains } from "@/lib/core/values/search";
import { actionOf, storedNamesOf } from "../rules/audit-actions";
import type { AuditFilter } from "../schema";
import { inScope, requirePermission, type Scope } from "../scope";

export type AuditRow = {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string;
  actorLabel: string;
  action: string;
  subjectType: string;
  subjectId: string;
  summary: string;
  detail: unknown;
};

/** The log, newest first (ids sort by their time). */
export async function listAudit(scope: Scope, filter: AuditFilter): Promise<Page<AuditRow>> {
  requirePermission(scope, "audit.read");
  const after = filter.cursor ? decodeCursor(filter.cursor, 1)[0] : undefined;
  const where: Prisma.AuditEntryWhereInput = { merchantId: scope.merchantId };
  if (after) where.id = { lt: after };
  if (filter.from || filter.to) where.at = withinDays(filter, scope.timeZone);
  if (filter.action) where.action = { in: storedNamesOf(filter.action) };
  if (filter.actor) where.actorId = filter.actor;
  if (filter.search) where.summary = contains(filter.search);
  return inScope(scope, async ({ db }) => {
    const rows = await db.auditEntry.findMany({
      where,
      orderBy: { id: "desc" },
      take: filter.limit + 1,
    });
    return toPage(rows, filter.limit, (row) => [row.id]);
  });
}

/** What the log can be filtered by: the actions and actors that occur in it. */
export async function auditFacets(
  scope: Scope,
): Promise<{ actions: string[]; actors: { id: string; label: string }[] }> {
  requirePermission(scope, "audit.read");
  return inScope(scope, async ({ db }) => {
    const where = { merchantId: scope.merchantId };
    const actions = await db.auditEntry.groupBy({
      by: ["action"],
      where,
      orderBy: { action: "asc" },
    });
    const actors = await db.auditEntry.findMany({
      where,
      distinct: ["actorId"],
      orderBy: { actorId: "asc" },
      select: { actorId: true, actorLabel: true },
      take: 200,
    });
    return {
      actions: [...new Set(actions.map((row) => actionOf(row.action)))],
      actors: actors.map((row) => ({ id: row.actorId, label: row.actorLabel })),
    };
  });
}

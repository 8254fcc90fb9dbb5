import type { z } from "zod";
import type { Prisma } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import type { AuditAction } from "@/lib/merchants/rules/audit-actions";
import { inSandboxOf } from "@/lib/merchants/commands/in-sandbox";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Badge } from "@/prisma/generated/client";
import { recountEverybody } from "../../commands";
import { watchAnniversaries } from "./note-anniversaries";
import { badgeRow, type BadgeRow } from "../queries/badges";
import type { BadgeInput, badgeMoveSchema, badgeStateSchema } from "../schema";
import { BADGE_STARTERS } from "../templates/starter-badges";

const MOST_BADGES = 60;

/**
 * Makes a badge; everybody who has earned it already is given it in the background. Test mode gets
 * it too.
 */
export async function createBadge(scope: Scope, input: BadgeInput): Promise<BadgeRow> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    const badge = await add(tx, input);
    await audit(tx, "badge.create", badge, `Created the badge “${input.name.en}”`);
    return badgeRow(badge);
  });
}

/**
 * Makes the starter set, those of it that the merchant does not have by their English name.
 * @returns how many were made
 */
export async function addStarterBadges(scope: Scope): Promise<number> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    const names = (
      await tx.db.badge.findMany({ where: { merchantId: tx.merchantId }, select: { name: true } })
    ).map(({ name }) => (name as { en: string }).en);
    const wanted = BADGE_STARTERS.filter(({ name }) => !names.includes(name.en));
    for (const starter of wanted) await add(tx, { ...starter, state: "active" });
    if (wanted.length > 0) {
      await recordAudit(tx, {
        action: "badge.create",
        subjectType: "badge",
        subjectId: tx.merchantId,
        summary: `Created ${wanted.length} badges of the starter set`,
        detail: { names: wanted.map(({ name }) => name.en) },
      });
    }
    return wanted.length;
  });
}

/**
 * Changes a badge. Who has it keeps it, also under another rule; who has earned it by the new one
 * is given it in the background. @throws DomainError not_found
 */
export async function editBadge(
  scope: Scope,
  badgeId: string,
  input: Omit<BadgeInput, "state"> & Partial<Pick<BadgeInput, "state">>,
): Promise<BadgeRow> {
  requirePermission(scope, "program.edit");
  return inScope(scope, async (tx) => {
    const before = await lockBadge(tx, badgeId);
    const after = {
      ...before,
      ...columnsOf({ state: before.state === "active" ? "active" : "disabled", ...input }),
      updatedAt: scopeNow(tx),
    } as Badge;
    const asksOtherwise =
      before.state !== after.state ||
      JSON.stringify(badgeRow(before).rule) !== JSON.stringify(input.rule);
    await write(tx, after, { recount: asksOtherwise });
    await audit(tx, "badge.edit", after, `Changed the badge “${input.name.en}”`);
    return badgeRow(after);
  });
}

/**
 * Turns a badge off, so that no one can earn it (customers who have it keep it), or on again.
 * @throws DomainError not_found
 */
export async function setBadgeState(
  scope: Scope,
  { badgeId, state }: z.infer<typeof badgeStateSchema>,
): Promise<void> {
  requirePermission(scope, "program.edit");
  await inScope(scope, async (tx) => {
    const before = await lockBadge(tx, badgeId);
    if (before.state === state) return;
    const after = { ...before, state, updatedAt: scopeNow(tx) };
    await write(tx, after, { recount: state === "active" });
    await audit(
      tx,
      state === "active" ? "badge.enable" : "badge.disable",
      after,
      `Turned ${state === "active" ? "on" : "off"} the badge “${badgeRow(after).name.en}”`,
    );
  });
}

/**
 * Swaps a badge with its neighbour in the order in which customers see them; at an end it stays.
 * @throws DomainError not_found
 */
export async function moveBadge(
  scope: Scope,
  { badgeId, direction }: z.infer<typeof badgeMoveSchema>,
): Promise<void> {
  requirePermission(scope, "program.edit");
  await inScope(scope, async (tx) => {
    const badge = await lockBadge(tx, badgeId);
    const all = await tx.db.badge.findMany({
      where: { merchantId: tx.merchantId },
      orderBy: [{ position: "asc" }, { id: "asc" }],
      select: { id: true },
    });
    const ids = all.map(({ id }) => id);
    const from = ids.indexOf(badgeId);
    const to = from + (direction === "up" ? -1 : 1);
    if (to < 0 || to >= ids.length) return;
    [ids[from], ids[to]] = [ids[to]!, ids[from]!];
    const place = async (tx: Tx) => {
      await tx.db.$executeRaw`
        UPDATE badge b SET position = o.position
          FROM unnest(${ids}::text[]) WITH ORDINALITY AS o (id, position)
        WHERE b.merchant_id = ${tx.merchantId} AND b.id = o.id`;
    };
    await place(tx);
    await inSandboxOf(tx, place);
    await audit(
      tx,
      "badge.move",
      badge,
      `Moved the badge “${badgeRow(badge).name.en}” ${direction}`,
    );
  });
}

async function add(tx: Tx, input: BadgeInput): Promise<Badge> {
  const { merchantId } = tx;
  const { _count: count, _max: max } = await tx.db.badge.aggregate({
    where: { merchantId },
    _count: true,
    _max: { position: true },
  });
  if (count >= MOST_BADGES) throw new DomainError("conflict", `At most ${MOST_BADGES} badges.`);
  const now = scopeNow(tx);
  const badge = {
    merchantId,
    id: newId("bdg"),
    ...columnsOf(input),
    position: (max.position ?? 0) + 1,
    createdAt: now,
    updatedAt: now,
  } as Badge;
  await write(tx, badge, { recount: badge.state === "active" });
  return badge;
}

function columnsOf({ name, about, icon, color, rule, state }: BadgeInput) {
  return { name, about, icon, color, rule, state };
}

/**
 * The same row in the sandbox, so that test mode knows it; what customers earn there stays apart.
 */
async function write(tx: Tx, badge: Badge, { recount }: { recount: boolean }): Promise<void> {
  const writeIn = async (tx: Tx) => {
    const { merchantId } = tx;
    const { merchantId: _, ...row } = badge;
    const data = {
      ...row,
      name: row.name as Prisma.InputJsonValue,
      about: row.about as Prisma.InputJsonValue,
      rule: row.rule as Prisma.InputJsonValue,
    };
    await tx.db.badge.upsert({
      where: { merchantId_id: { merchantId, id: badge.id } },
      update: data,
      create: { merchantId, ...data },
    });
    const rules = await tx.db.badge.findMany({
      where: { merchantId, state: "active" },
      select: { rule: true },
    });
    await watchAnniversaries(
      tx,
      rules.some(({ rule }) => (rule as { kind?: string }).kind === "anniversary"),
    );
    if (recount) await recountEverybody(tx);
  };
  await writeIn(tx);
  await inSandboxOf(tx, writeIn);
}

async function lockBadge({ db, lock, merchantId }: Tx, badgeId: string): Promise<Badge> {
  await lock.badges(badgeId);
  const badge = await db.badge.findUnique({
    where: { merchantId_id: { merchantId, id: badgeId } },
  });
  if (!badge) throw notFound("badge");
  return badge;
}

async function audit(
  scope: Scope,
  action: AuditAction,
  badge: Badge,
  summary: string,
): Promise<void> {
  await recordAudit(scope, {
    action,
    subjectType: "badge",
    subjectId: badge.id,
    summary,
    detail: { rule: badge.rule as Prisma.InputJsonObject, state: badge.state },
  });
}

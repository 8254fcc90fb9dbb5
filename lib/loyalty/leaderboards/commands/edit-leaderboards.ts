import type { Prisma } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { setAlias } from "@/lib/customers/commands";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { systemScope } from "@/lib/merchants/queries/directory";
import { inSandboxOf } from "@/lib/merchants/commands/in-sandbox";
import { inScope, requirePermission, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { leaderboardById } from "../queries/leaderboards";
import { currentPeriod, openSeason } from "./open-season";
import { recountSeason } from "./recount-seasons";
import { closingOf } from "../rules";
import { type LeaderboardInput, leaderboardSchema } from "../schema/leaderboard";
import { rescore } from "./update-scores";

/**
 * Makes a leaderboard, in test mode too, and opens its season: what was earned in it so far counts.
 * @throws DomainError conflict before the program's first publishing, invalid_request for a season
 * that is over
 */
export async function createLeaderboard(
  scope: Scope,
  input: LeaderboardInput,
): Promise<{ id: string }> {
  requirePermission(scope, "program.edit");
  const leaderboard = { id: newId("brd"), ...leaderboardSchema.parse(input) };
  const opened: string[] = [];
  await inScope(scope, async (tx) => {
    const program = await tx.db.program.findUnique({
      where: { merchantId_id: { merchantId: tx.merchantId, id: leaderboard.programId } },
      select: { currentVersion: true },
    });
    if (!program) throw notFound("program");
    if (program.currentVersion === null)
      throw new DomainError("conflict", "Publish the program first.", "programId");
    if (leaderboard.endsAt && leaderboard.endsAt <= scopeNow(tx))
      throw new DomainError("invalid_request", "The end is in the past.", "endsAt");
    const write = async (tx: Tx) => {
      await tx.lock.alone("season");
      const now = scopeNow(tx);
      await tx.db.leaderboard.create({
        data: {
          ...leaderboard,
          merchantId: tx.merchantId,
          state: "active",
          createdAt: now,
          updatedAt: now,
          prizes: leaderboard.prizes as unknown as Prisma.InputJsonValue,
        },
      });
      await openSeason(tx, leaderboard, currentPeriod(leaderboard, now, tx.timeZone));
      opened.push(tx.merchantId);
    };
    await write(tx);
    await recordAudit(tx, {
      action: "leaderboard.create",
      subjectType: "leaderboard",
      subjectId: leaderboard.id,
      summary: `Created the leaderboard “${leaderboard.name.en}”`,
      detail: {},
    });
    await inSandboxOf(tx, write);
  });
  for (const merchantId of opened)
    await countNew(await systemScope(merchantId, scope.actor.label), leaderboard.id);
  return { id: leaderboard.id };
}

async function countNew(scope: Scope, leaderboardId: string): Promise<void> {
  const seasons = await inScope(scope, ({ db }) =>
    db.season.findMany({
      where: { merchantId: scope.merchantId, leaderboardId, countedAt: null },
      select: { id: true },
    }),
  );
  for (const { id } of seasons) await recountSeason(scope, id);
}

export type LeaderboardEdit = { leaderboardId: string } & Pick<
  LeaderboardInput,
  "name" | "graceHours" | "prizes" | "endsAt"
>;

/**
 * Edits a leaderboard, in test mode too. Seasons that are closed keep the prizes they were closed
 * with; the one that runs has the new ones. The end of a `custom` season may be moved, to any time
 * to come.
 * @throws DomainError invalid_request for an end in the past, not_found
 */
export async function editLeaderboard(
  scope: Scope,
  { leaderboardId, ...edit }: LeaderboardEdit,
): Promise<void> {
  requirePermission(scope, "program.edit");
  await inScope(scope, async (tx) => {
    const leaderboard = await leaderboardById(tx, leaderboardId);
    const endsAt = leaderboard.cadence === "custom" ? edit.endsAt : null;
    const { name, graceHours, prizes } = leaderboardSchema.parse({
      programId: leaderboard.programId,
      metric: leaderboard.metric,
      cadence: leaderboard.cadence,
      startsAt: leaderboard.startsAt,
      ...edit,
      endsAt,
    });
    const isMoved = endsAt?.getTime() !== leaderboard.endsAt?.getTime();
    if (isMoved && (endsAt! <= scopeNow(tx) || leaderboard.endsAt! <= scopeNow(tx))) {
      throw new DomainError(
        "invalid_request",
        "You can move the end of a running season, to a time in the future.",
        "endsAt",
      );
    }
    const write = async ({ db, ...scope }: Tx) => {
      const { merchantId } = scope;
      await tx.lock.alone("season");
      await db.leaderboard.updateMany({
        where: { merchantId, id: leaderboardId },
        data: {
          name,
          graceHours,
          endsAt,
          prizes: prizes as unknown as Prisma.InputJsonValue,
          updatedAt: scopeNow(scope),
        },
      });
      const running = await db.season.findMany({
        where: { merchantId, leaderboardId: leaderboardId, state: "running" },
      });
      for (const { id, endsAt: before } of running) {
        // A test clock may be past the new end already; its season then keeps its own.
        const ends =
          endsAt !== null && before !== null && before > scopeNow(scope) && endsAt > scopeNow(scope)
            ? endsAt
            : before;
        await db.season.update({
          where: { merchantId_id: { merchantId, id } },
          data: { endsAt: ends, closesAt: closingOf(ends, graceHours) },
        });
      }
    };
    await write(tx);
    await recordAudit(tx, {
      action: "leaderboard.edit",
      subjectType: "leaderboard",
      subjectId: leaderboardId,
      summary: `Edited the leaderboard “${name.en}”`,
      detail: {},
    });
    await inSandboxOf(tx, write);
  });
}

/**
 * Hides a leaderboard and gives no prizes from it, or brings it back; then its present season
 * opens, if it has none.
 */
export async function setLeaderboardState(
  scope: Scope,
  { leaderboardId, state }: { leaderboardId: string; state: "active" | "disabled" },
): Promise<void> {
  requirePermission(scope, "program.edit");
  const opened: string[] = [];
  await inScope(scope, async (tx) => {
    const leaderboard = await leaderboardById(tx, leaderboardId);
    if (leaderboard.state === state) return;
    const write = async (tx: Tx) => {
      const { merchantId } = tx;
      await tx.lock.alone("season");
      const { count } = await tx.db.leaderboard.updateMany({
        where: { merchantId, id: leaderboardId },
        data: { state, updatedAt: scopeNow(tx) },
      });
      if (
        count === 0 ||
        state === "disabled" ||
        leaderboard.cadence === "custom" ||
        leaderboard.cadence === "ever"
      )
        return;
      const now = scopeNow(tx);
      const latest = await tx.db.season.findFirst({
        where: { merchantId, leaderboardId: leaderboardId },
        orderBy: { startsAt: "desc" },
      });
      if (latest?.endsAt && latest.endsAt > now) return;
      await openSeason(tx, leaderboard, currentPeriod(leaderboard, now, tx.timeZone));
      opened.push(merchantId);
    };
    await write(tx);
    const done = state === "active" ? "Enabled" : "Disabled";
    await recordAudit(tx, {
      action: `leaderboard.${state}`,
      subjectType: "leaderboard",
      subjectId: leaderboardId,
      summary: `${done} the leaderboard “${leaderboard.name.en}”`,
      detail: {},
    });
    await inSandboxOf(tx, write);
  });
  for (const merchantId of opened)
    await countNew(await systemScope(merchantId, scope.actor.label), leaderboardId);
}

/**
 * Puts an advocate on the program's leaderboards under a name of their choice, or with null takes
 * them off.
 * @throws DomainError invalid_request (path alias) for a name that cannot be shown; not_found for
 * no advocate
 */
export async function chooseAlias(
  scope: Scope,
  input: { programId: string; customerId: string; alias: string | null },
): Promise<void> {
  await inScope(scope, async (tx) => {
    await setAlias(tx, input);
    await rescore(tx, [input.customerId]);
  });
}

import type { Db, Prisma } from "@/lib/core/db";
import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { setAlias } from "@/lib/customers/commands";
import { recordAudit } from "@/lib/merchants/audit";
import { systemScope } from "@/lib/merchants/directory";
import { inSandboxOf } from "@/lib/merchants/sandbox";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { boardById } from "../queries/leaderboards";
import { currentPeriod, openSeason } from "./open-season";
import { recountSeason } from "./recount-seasons";
import { closingOf } from "../rules";
import { type BoardInput, boardSchema } from "../schema/leaderboard";
import { holdSeasons, rescore } from "./update-scores";

/**
 * Makes a board, in test mode too, and opens its season: what was earned in it so far counts.
 * @throws DomainError conflict before the program's first publishing, invalid_request for a season
 * that is over
 */
export async function createBoard(scope: Scope, input: BoardInput): Promise<{ id: string }> {
  requirePermission(scope, "program.edit");
  const board = { id: newId("brd"), ...boardSchema.parse(input) };
  const opened: string[] = [];
  await inScope(scope, async (db, scope) => {
    const program = await db.program.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id: board.programId } },
      select: { currentVersion: true },
    });
    if (!program) throw notFound("program");
    if (program.currentVersion === null)
      throw new DomainError("conflict", "Publish the program first.", "programId");
    if (board.endsAt && board.endsAt <= scopeNow(scope))
      throw new DomainError("invalid_request", "This end is in the past.", "endsAt");
    const write = async (scope: Scope & { db: Db }) => {
      await holdSeasons(scope.db, scope.merchantId);
      const now = scopeNow(scope);
      await scope.db.leaderboard.create({
        data: {
          ...board,
          merchantId: scope.merchantId,
          state: "active",
          createdAt: now,
          updatedAt: now,
          prizes: board.prizes as unknown as Prisma.InputJsonValue,
        },
      });
      await openSeason(scope.db, scope, board, currentPeriod(board, now, scope.timeZone));
      opened.push(scope.merchantId);
    };
    await write(scope);
    await recordAudit(scope, {
      action: "leaderboard.create",
      subjectType: "leaderboard",
      subjectId: board.id,
      summary: `Made the leaderboard “${board.name.en}”`,
      detail: {},
    });
    await inSandboxOf(scope, write);
  });
  for (const merchantId of opened)
    await countNew(await systemScope(merchantId, scope.actor.label), board.id);
  return { id: board.id };
}

async function countNew(scope: Scope, leaderboardId: string): Promise<void> {
  const seasons = await inScope(scope, (db) =>
    db.season.findMany({
      where: { merchantId: scope.merchantId, leaderboardId, countedAt: null },
      select: { id: true },
    }),
  );
  for (const { id } of seasons) await recountSeason(scope, id);
}

export type BoardEdit = { boardId: string } & Pick<
  BoardInput,
  "name" | "graceHours" | "prizes" | "endsAt"
>;

/**
 * Edits a board, in test mode too. Seasons that are closed keep the prizes they were closed with;
 * the one that runs has the new ones. The end of a `custom` season may be moved, to any time to
 * come.
 * @throws DomainError invalid_request for an end in the past, not_found
 */
export async function editBoard(scope: Scope, { boardId, ...edit }: BoardEdit): Promise<void> {
  requirePermission(scope, "program.edit");
  await inScope(scope, async (db, scope) => {
    const board = await boardById(scope, boardId);
    const endsAt = board.cadence === "custom" ? edit.endsAt : null;
    const { name, graceHours, prizes } = boardSchema.parse({
      programId: board.programId,
      metric: board.metric,
      cadence: board.cadence,
      startsAt: board.startsAt,
      ...edit,
      endsAt,
    });
    const isMoved = endsAt?.getTime() !== board.endsAt?.getTime();
    if (isMoved && (endsAt! <= scopeNow(scope) || board.endsAt! <= scopeNow(scope))) {
      throw new DomainError(
        "invalid_request",
        "A season's end can be moved while it runs, to a time to come.",
        "endsAt",
      );
    }
    const write = async ({ db, ...scope }: Scope & { db: Db }) => {
      const { merchantId } = scope;
      await holdSeasons(db, merchantId);
      await db.leaderboard.updateMany({
        where: { merchantId, id: boardId },
        data: {
          name,
          graceHours,
          endsAt,
          prizes: prizes as unknown as Prisma.InputJsonValue,
          updatedAt: scopeNow(scope),
        },
      });
      const running = await db.season.findMany({
        where: { merchantId, leaderboardId: boardId, state: "running" },
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
    await write({ ...scope, db });
    await recordAudit(scope, {
      action: "leaderboard.edit",
      subjectType: "leaderboard",
      subjectId: boardId,
      summary: `Edited the leaderboard “${name.en}”`,
      detail: {},
    });
    await inSandboxOf(scope, write);
  });
}

/**
 * Hides a board and gives no prizes from it, or brings it back; then its present season opens, if
 * it has none.
 */
export async function setBoardState(
  scope: Scope,
  { boardId, state }: { boardId: string; state: "active" | "disabled" },
): Promise<void> {
  requirePermission(scope, "program.edit");
  const opened: string[] = [];
  await inScope(scope, async (db, scope) => {
    const board = await boardById(scope, boardId);
    if (board.state === state) return;
    const write = async (scope: Scope & { db: Db }) => {
      const { merchantId } = scope;
      await holdSeasons(scope.db, merchantId);
      const { count } = await scope.db.leaderboard.updateMany({
        where: { merchantId, id: boardId },
        data: { state, updatedAt: scopeNow(scope) },
      });
      if (
        count === 0 ||
        state === "disabled" ||
        board.cadence === "custom" ||
        board.cadence === "ever"
      )
        return;
      const now = scopeNow(scope);
      const latest = await scope.db.season.findFirst({
        where: { merchantId, leaderboardId: boardId },
        orderBy: { startsAt: "desc" },
      });
      if (latest?.endsAt && latest.endsAt > now) return;
      await openSeason(scope.db, scope, board, currentPeriod(board, now, scope.timeZone));
      opened.push(merchantId);
    };
    await write({ ...scope, db });
    await recordAudit(scope, {
      action: `leaderboard.${state}`,
      subjectType: "leaderboard",
      subjectId: boardId,
      summary: `${state === "active" ? "Enabled" : "Disabled"} the leaderboard “${board.name.en}”`,
      detail: {},
    });
    await inSandboxOf(scope, write);
  });
  for (const merchantId of opened)
    await countNew(await systemScope(merchantId, scope.actor.label), boardId);
}

/**
 * Puts an advocate on the program's boards under a name of their choice, or with null takes them
 * off.
 * @throws DomainError invalid_request (path alias) for a name that cannot be shown; not_found for
 * no advocate
 */
export async function chooseAlias(
  scope: Scope,
  input: { programId: string; customerId: string; alias: string | null },
): Promise<void> {
  await inScope(scope, async (_, scope) => {
    await setAlias(scope, input);
    await rescore(scope, [input.customerId]);
  });
}

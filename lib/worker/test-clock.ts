import { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { parseDuration } from "@/lib/core/time";
import { systemScope } from "@/lib/merchants/directory";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { workOffAdvocates } from "./jobs/advocates";
import { processDueEvents } from "./jobs/events";
import { expireDueLots } from "./jobs/lots";
import { finishReplays } from "./jobs/replays";
import { expireDueRewards, issueDueCoupons, remindExpiring } from "./jobs/rewards";
import { closeDueSeasons } from "./jobs/seasons";
import { expireDueReferrals, releaseDueRewards, updateDueLoyalty } from "./jobs/work";

/** As far as a clock may be moved in one step, and in all. */
const MOST_DAYS = 3_660;

export const testClockSchema = z.object({
  /** ISO 8601: weeks, days, hours, minutes, seconds. */
  advance: z
    .string()
    .max(40)
    .transform((text, context) => {
      const ms = parseDuration(text);
      if (ms !== null && ms <= MOST_DAYS * 86_400_000) return ms;
      context.addIssue({
        code: "custom",
        message: 'Write a duration like "P31D" or "PT12H", ten years at most.',
      });
      return z.NEVER;
    }),
});

/**
 * Moves the clock of test mode forward and returns once everything that fell due is done.
 * @throws DomainError forbidden outside test mode, conflict beyond ten years in all
 */
export async function advanceTestClock(
  scope: Scope,
  input: z.infer<typeof testClockSchema>,
): Promise<{ now: Date }> {
  requirePermission(scope, "clock.advance");
  if (!scope.isSandbox)
    throw new DomainError("forbidden", "Only test mode has a clock that moves. Use a test key.");
  // What is due now is done at today's time, before the clock moves past it.
  await settle(scope);
  await inScope(scope, async (db) => {
    const { clockOffsetMs } = await db.merchant.update({
      where: { id: scope.merchantId },
      data: { clockOffsetMs: { increment: BigInt(input.advance) } },
      select: { clockOffsetMs: true },
    });
    if (clockOffsetMs > BigInt(MOST_DAYS) * 86_400_000n)
      throw new DomainError("conflict", "The test clock is ten years ahead already.");
  });
  const moved = await systemScope(scope.merchantId, scope.actor.label);
  await settle(moved);
  return { now: scopeNow(moved) };
}

/** Everything that is due for one merchant, until nothing is: what a moved test clock waits for. */
export async function settle(scope: Scope): Promise<void> {
  const filter = { merchantId: scope.merchantId };
  for (let round = 0; round < 1_000; round += 1) {
    const done = (await processDueEvents(filter)).done + (await workOffAdvocates(filter));
    const released = await releaseDueRewards(filter);
    const reminded = await remindExpiring(filter);
    const expired =
      (await expireDueReferrals(filter)) +
      (await expireDueRewards(filter)) +
      (await expireDueLots(filter)) +
      (await issueDueCoupons(filter));
    const standings = await updateDueLoyalty(filter);
    const seasons = await closeDueSeasons(filter);
    await finishReplays(filter);
    if (done + released + reminded + expired + standings + seasons === 0) return;
  }
  throw new Error(
    `work of ${scope.merchantId} does not settle by ${scopeNow(scope).toISOString()}`,
  );
}

"use server";

import { redirect } from "next/navigation";
import { merchantAction } from "@/lib/auth/action";
import { endMemberSession } from "@/lib/auth/session/member-session";
import { DomainError } from "@/lib/core/errors";
import { dateFormat } from "@/lib/core/zones/format";
import { inScope } from "@/lib/merchants/scope";
import { advanceTestClock, testClockSchema } from "@/lib/worker/test-clock";

/** Moves the clock of test mode forward, and does what falls due until then. */
export const moveClock = merchantAction(
  testClockSchema,
  "clock.advance",
  async (scope, input): Promise<{ now: string; settled: boolean }> => {
    // Within a transaction, so that a role that ended meanwhile is told first.
    await inScope(scope, async ({ isSandbox }) => {
      if (!isSandbox) throw new DomainError("conflict", "Only test mode has a clock that moves.");
    });
    const { now, settled } = await advanceTestClock(scope, input);
    const { timeZone } = scope;
    return { now: dateFormat("en", { dateStyle: "long", timeZone }).format(now), settled };
  },
);

/** Ends the session in this browser. */
export async function signOut(): Promise<void> {
  await endMemberSession();
  redirect("/sign-in");
}

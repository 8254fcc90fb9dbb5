import { readShareCode } from "@/lib/core/values/code";
import type { Db } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import type { DecideNomination, NominationState } from "../schema";
import { acceptNomination } from "./accept-nomination";
import { lockNomination, updateNomination } from "./update-nomination";

/**
 * Carries out a member's decision, whatever the advocate said. An accepted nomination becomes a
 * referral that begins with the order. The program's rules may still refuse it; their reason is
 * then the reason of the rejection.
 * @throws DomainError conflict when it is decided; invalid_request (code) without an advocate
 */
export async function decideNomination(
  scope: Scope,
  input: DecideNomination,
): Promise<{ state: NominationState }> {
  requirePermission(scope, "referral.decide");
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const nomination = await lockNomination(tx, input.nominationId);
    if (nomination.state === "accepted" || nomination.state === "rejected")
      throw new DomainError("conflict", "This has already been decided.");
    const advocateId = input.code
      ? await advocateOfCode(tx.db, merchantId, nomination.programId, input.code)
      : nomination.advocateId;
    if (input.decision === "accept" && !advocateId)
      throw new DomainError(
        "invalid_request",
        "Enter the code of the advocate whose friend this is.",
        "code",
      );
    const result =
      input.decision === "accept"
        ? await acceptNomination(tx, nomination, advocateId!)
        : await updateNomination(tx, nomination.id, {
            state: "rejected",
            reason: input.reason!,
            decidedAt: scopeNow(tx),
            decidedBy: tx.actor.label,
          });
    await recordAudit(tx, {
      action: `nomination.${input.decision}`,
      subjectType: "customer",
      subjectId: nomination.friendId,
      summary:
        input.decision === "accept"
          ? "Accepted who a friend named"
          : `Rejected who a friend named: ${input.reason}`,
      detail: { nominationId: nomination.id, state: result.state },
    });
    return result;
  });
}

async function advocateOfCode(
  db: Db,
  merchantId: string,
  programId: string,
  text: string,
): Promise<string> {
  const code = readShareCode(text) ?? "";
  const found = await db.shareCode.findUnique({
    where: { merchantId_code: { merchantId, code } },
    select: { advocateId: true, programId: true },
  });
  if (found?.programId !== programId)
    throw new DomainError("invalid_request", "This program has no such code.", "code");
  return found.advocateId;
}

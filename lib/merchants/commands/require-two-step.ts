import type { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import type { twoStepRuleSchema } from "../schema";
import { inScope, requirePermission, type Scope } from "../scope";
import { inSandboxOf } from "./in-sandbox";
import { recordAudit } from "./record-audit";
import { refuseSandbox } from "./refuse-sandbox";

/**
 * Says whether owners and admins of the shop may act only with two-step sign-in.
 * @throws DomainError conflict for an owner who has none themselves: they would be shut out first
 */
export async function requireTwoStep(
  scope: Scope,
  { required }: z.output<typeof twoStepRuleSchema>,
): Promise<void> {
  requirePermission(scope, "security.manage");
  refuseSandbox(scope);
  await inScope(scope, async (tx) => {
    const { db, merchantId, actor } = tx;
    if (required && actor.kind === "member") {
      const own = await db.secondFactor.findUnique({
        where: { userId: actor.id, confirmedAt: { not: null } },
        select: { userId: true },
      });
      if (!own)
        throw new DomainError(
          "conflict",
          "Set up two-step sign-in for yourself first.",
          "required",
        );
    }
    const changed = await db.merchant.updateMany({
      where: { id: merchantId, twoStepRequired: !required },
      data: { twoStepRequired: required },
    });
    if (changed.count === 0) return;
    await inSandboxOf(tx, async (sandbox) => {
      await sandbox.db.merchant.updateMany({
        where: { id: sandbox.merchantId },
        data: { twoStepRequired: required },
      });
    });
    await recordAudit(tx, {
      action: "merchant.require_two_step",
      subjectType: "merchant",
      subjectId: merchantId,
      summary: required
        ? "Asked owners and admins for two-step sign-in"
        : "No longer asked owners and admins for two-step sign-in",
    });
  });
}

import { newId } from "@/lib/core/id";
import type { Evidence } from "@/lib/attribution/rules";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { expiryOf } from "../rules";
import type { ReferralReason } from "../schema";
import { stepReferral } from "./step-referral";

type StartInput = {
  programId: string;
  programVersion: number;
  windowDays: number;
  evidence: Pick<Evidence, "advocateId" | "code" | "clickedAt" | "channel">;
  attributedBy: Evidence["kind"] | "claim" | "manual";
  friendId: string;
  /** Which time the friend is brought to this program, counted from 1. */
  round: number;
  /** The advocate's arm, where the terms have an experiment. */
  arm: string | null;
  eventId: string;
  joinedAt: Date;
};

const REASON: Record<StartInput["attributedBy"], ReferralReason> = {
  claim: "claimed",
  manual: "by_hand",
  click: "by_click",
  code: "by_code",
  discount_code: "by_discount_code",
  visitor: "by_visitor",
};

/**
 * Begins the referral of a friend by an advocate: the click behind it, where there was one, then
 * the joining. A friend is brought once per program and round; a second call returns the referral
 * that stands.
 */
export async function startReferral(
  scope: Scope,
  input: StartInput,
): Promise<{ referralId: string; started: boolean }> {
  return inScope(scope, async (db, scope) => {
    const { evidence } = input;
    const startedAt = evidence.clickedAt ?? input.joinedAt;
    const referralId = newId("ref");
    const { count } = await db.referral.createMany({
      data: [
        {
          merchantId: scope.merchantId,
          id: referralId,
          programId: input.programId,
          programVersion: input.programVersion,
          advocateId: evidence.advocateId,
          friendId: input.friendId,
          round: input.round,
          code: evidence.code,
          state: "clicked",
          reason: "by_click",
          attributedBy: input.attributedBy,
          channel: evidence.channel,
          arm: input.arm,
          createdAt: scopeNow(scope),
          expiresAt: expiryOf(startedAt, input.windowDays),
        },
      ],
      skipDuplicates: true,
    });
    if (count === 0) {
      const existing = await db.referral.findUniqueOrThrow({
        where: {
          merchantId_programId_friendId_round: {
            merchantId: scope.merchantId,
            programId: input.programId,
            friendId: input.friendId,
            round: input.round,
          },
        },
        select: { id: true },
      });
      return { referralId: existing.id, started: false };
    }
    if (evidence.clickedAt) {
      await stepReferral(scope, {
        referralId,
        state: "clicked",
        reason: "by_click",
        at: evidence.clickedAt,
        eventId: null,
      });
    }
    await stepReferral(scope, {
      referralId,
      state: "joined",
      reason: REASON[input.attributedBy],
      at: input.joinedAt,
      eventId: input.eventId,
    });
    return { referralId, started: true };
  });
}

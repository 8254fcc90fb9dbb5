import { groupedBy } from "@/lib/core/collections/grouped-by";
import { inScope, type Scope } from "@/lib/merchants/scope";
import type { SignalKind } from "@/lib/terms/schema";
import type { EvidenceRow } from "../schema";

/** A sign of fraud, with what it rests on and how far the rewards had come when it was found. */
export type SignalRow = {
  kind: SignalKind;
  severity: string;
  detail: string;
  /** What it counts for in the referral's score. */
  weight: number;
  reached: string;
  evidence: EvidenceRow[];
  at: Date;
};

/** The signals of several referrals, those that count most first. */
export async function signalsOf(
  scope: Scope,
  referralIds: readonly string[],
): Promise<Map<string, SignalRow[]>> {
  const rows = await inScope(scope, ({ db }) =>
    db.fraudSignal.findMany({
      where: { merchantId: scope.merchantId, referralId: { in: [...referralIds] } },
      orderBy: [{ weight: "desc" }, { at: "asc" }, { kind: "asc" }],
      omit: { merchantId: true },
    }),
  );
  const signals = rows.map(({ kind, evidence, ...row }) => ({
    ...row,
    kind: kind as SignalKind,
    evidence: evidence as EvidenceRow[],
  }));
  return groupedBy(signals, ({ referralId }) => referralId);
}

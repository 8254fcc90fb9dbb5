import { addDays } from "@/lib/core/time";

/** What can tie an event to an advocate, strongest first. The order is the rule. */
export const EVIDENCE_KINDS = ["click", "code", "discount_code", "visitor"] as const;
type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** One tie between an event and an advocate's code in a program. */
export type Evidence = {
  kind: EvidenceKind;
  programId: string;
  advocateId: string;
  /** The advocate as a customer: nobody refers themselves. */
  advocateCustomerId: string;
  code: string;
  /** When the click was; null for a code that was said or typed. */
  clickedAt: Date | null;
  channel: string | null;
};

/** Why an event belongs to an advocate in one program, or why it belongs to none. */
export type Attribution<Tie extends Evidence = Evidence> =
  | { programId: string; evidence: Tie; overruled: EvidenceKind[] }
  | {
      programId: string;
      evidence: null;
      reason: "window_passed" | "before_click" | "self_referral";
    };

/**
 * Decides, program by program, whose friend did this. Within a program the strongest evidence wins;
 * among clicks of one visitor the latest. A click counts for `windowDays` and never for what
 * happened before it.
 * @param occurredAt when the event happened, by its sender
 * @param customerId who did it; null while unknown
 * @param windowDays of each program by id
 */
export function attribute<Tie extends Evidence>(input: {
  evidence: readonly Tie[];
  occurredAt: Date;
  customerId: string | null;
  windowDays: ReadonlyMap<string, number>;
}): Attribution<Tie>[] {
  const byProgram = new Map<string, Tie[]>();
  for (const item of input.evidence)
    byProgram.set(item.programId, [...(byProgram.get(item.programId) ?? []), item]);
  return [...byProgram].map(([programId, items]) =>
    strongest(
      programId,
      items,
      input.occurredAt,
      input.customerId,
      input.windowDays.get(programId) ?? 0,
    ),
  );
}

function strongest<Tie extends Evidence>(
  programId: string,
  items: Tie[],
  occurredAt: Date,
  customerId: string | null,
  windowDays: number,
): Attribution<Tie> {
  const ranked = [...items].sort(
    (a, b) =>
      EVIDENCE_KINDS.indexOf(a.kind) - EVIDENCE_KINDS.indexOf(b.kind) ||
      (b.clickedAt?.getTime() ?? 0) - (a.clickedAt?.getTime() ?? 0) ||
      a.code.localeCompare(b.code),
  );
  let reason: "window_passed" | "before_click" | "self_referral" = "window_passed";
  for (const [index, evidence] of ranked.entries()) {
    const refusal = refusalOf(evidence, occurredAt, customerId, windowDays);
    if (refusal === null) {
      const overruled = ranked.slice(index + 1).map((item) => item.kind);
      return {
        programId,
        evidence: withItsClick(evidence, ranked, occurredAt, windowDays),
        overruled,
      };
    }
    reason = refusal;
  }
  return { programId, evidence: null, reason };
}

/**
 * A code that was typed in a browser that had come by the same advocate's link: the click began it.
 */
function withItsClick<Tie extends Evidence>(
  evidence: Tie,
  ranked: readonly Tie[],
  occurredAt: Date,
  windowDays: number,
): Tie {
  if (evidence.clickedAt !== null) return evidence;
  const click = ranked.find(
    (item) =>
      item.clickedAt !== null &&
      item.advocateId === evidence.advocateId &&
      refusalOf(item, occurredAt, null, windowDays) === null,
  );
  return click ? { ...evidence, clickedAt: click.clickedAt, channel: click.channel } : evidence;
}

function refusalOf(
  evidence: Evidence,
  occurredAt: Date,
  customerId: string | null,
  windowDays: number,
) {
  if (customerId !== null && evidence.advocateCustomerId === customerId) return "self_referral";
  if (evidence.clickedAt === null) return null;
  // A click on the way to the shop and the order there carry two machines' clocks: allow them five
  // minutes.
  if (evidence.clickedAt > addDays(occurredAt, 5 / 1440)) return "before_click";
  return occurredAt > addDays(evidence.clickedAt, windowDays) ? "window_passed" : null;
}

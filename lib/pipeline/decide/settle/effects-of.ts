import type { GrantTo, Settlement } from "@/lib/rewards/rules/settle";
import type { Effect } from "../effects";

/** A settlement as effects: what makes room under limits comes before what takes it. */
export function effectsOf(settlement: Settlement, to: GrantTo): Effect[] {
  return [
    ...settlement.reversed.map((one): Effect => ({ kind: "reverse", ...one })),
    ...settlement.changed.map((change): Effect => ({ kind: "change", change })),
    ...settlement.refused.map(({ basis, reasons, ...due }): Effect => ({
      kind: "refuse",
      due,
      to,
      basis,
      reasons,
    })),
    ...settlement.wanted.map((due): Effect => ({ kind: "grant", due, to })),
  ];
}

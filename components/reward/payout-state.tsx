import { StatusPill, type Tone } from "@/components/ui/content/badge";
import type { BatchState } from "@/lib/rewards/payouts/schema";

export const PAYOUT_STATE_LABELS: Record<BatchState, string> = {
  open: "To be paid",
  paid: "Paid",
  cancelled: "Cancelled",
};
const TONES: Record<BatchState, Tone> = { open: "warn", paid: "good", cancelled: "neutral" };

/** The state of a payout. */
export function PayoutState({ state }: { state: BatchState }) {
  return <StatusPill tone={TONES[state]}>{PAYOUT_STATE_LABELS[state]}</StatusPill>;
}

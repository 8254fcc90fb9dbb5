import { StatusPill, type Tone } from "@/components/ui/content/badge";
import type { MessageState as State } from "@/lib/messaging/schema";

export const MESSAGE_STATE_LABELS: Record<State, string> = {
  queued: "Queued",
  kept: "Not sent",
  sent: "Sent",
  failed: "Failed",
  held: "Held back",
  gathered: "In a digest",
};

const TONES: Record<State, Tone> = {
  queued: "accent",
  kept: "neutral",
  sent: "good",
  failed: "bad",
  held: "warn",
  gathered: "neutral",
};

/** The state of an email, as a pill. */
export function MessageState({ state }: { state: State }) {
  return <StatusPill tone={TONES[state]}>{MESSAGE_STATE_LABELS[state]}</StatusPill>;
}

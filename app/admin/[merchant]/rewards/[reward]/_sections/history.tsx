import { REWARD_STATE_LABELS } from "@/components/reward/reward-state";
import type { Tone } from "@/components/ui/content/badge";
import { AssetAmount } from "@/components/ledger/asset-amount";
import { DateTime } from "@/components/ui/content/display";
import { Timeline } from "@/components/ui/content/timeline";
import type { Receipt, RewardStepRow } from "@/lib/rewards/queries/rewards";
import { rewardReasonWords, type RewardState } from "@/lib/rewards/schema";

const TONES: Record<string, Tone> = {
  held: "accent",
  available: "good",
  issued: "good",
  used: "good",
  voided: "bad",
  reversed: "warn",
  expired: "neutral",
};

/** The steps of a reward, each with its reason, who took it and what it moved. */
export function RewardHistory({ reward, timeZone }: { reward: Receipt; timeZone: string }) {
  return (
    <Timeline
      label="Steps of this reward"
      steps={reward.steps.map((step) => ({
        key: step.id,
        tone: TONES[step.state] ?? "neutral",
        title: titleOf(step),
        at: <DateTime value={step.at} timeZone={timeZone} look="dateTime" />,
        reason: (
          <>
            {rewardReasonWords(step.reason)}
            {step.actor === "Goodword" ? null : `, by ${step.actor}`}
            {step.amountMinor !== null && reward.asset ? (
              <>
                : <AssetAmount value={{ minor: step.amountMinor, asset: reward.asset }} />
              </>
            ) : null}
          </>
        ),
      }))}
    />
  );
}

function titleOf({ state, reason }: RewardStepRow): string {
  if (reason === "partly_refunded") return "Partly reversed";
  if (reason === "kept_back") return "Withheld";
  if (reason === "nothing_left") return "Used up";
  if (reason === "recovered") return "Recovered";
  if (reason === "repayment_returned") return "Returned";
  return REWARD_STATE_LABELS[state as RewardState] ?? state;
}

import type { ReactNode } from "react";
import type { Tone } from "@/components/ui/content/badge";
import { TextLink } from "@/components/ui/controls/button";
import { DateTime } from "@/components/ui/content/display";
import { Disclosure } from "@/components/ui/content/disclosure";
import { moneyText } from "../ui/format";
import { Timeline } from "@/components/ui/content/timeline";
import { REFERRAL_STATE_LABELS } from "./referral-state";
import { REWARD_STATE_LABELS } from "../reward/reward-state";
import { DecisionList } from "../event/decision-list";
import type { Asset } from "@/lib/core/money";
import type { AdminPaths } from "@/lib/merchants/paths";
import { TEMPLATE_LABELS } from "@/lib/messaging/schema";
import type { StoryEntry } from "@/lib/desk/queries/referral-story";
import { reasonWords, type ReferralState } from "@/lib/referrals/schema";
import { rewardReasonWords, type RewardState } from "@/lib/rewards/schema";

type StoryTimelineProps = {
  entries: StoryEntry[];
  asset: Asset;
  timeZone: string;
  /** What each reward is, in words, by its id. */
  worth: ReadonlyMap<string, string>;
  /** The shop's dashboard; emails are linked only for those who may read them. */
  admin: AdminPaths;
  mayReadEmails: boolean;
};

/** A referral from the click to the last email, each step with the reason for it. */
export function StoryTimeline({ entries, timeZone, ...context }: StoryTimelineProps) {
  return (
    <Timeline
      label="History"
      steps={entries.map((entry) => ({
        key: `${entry.kind}-${entry.key}`,
        at: <DateTime value={entry.at} timeZone={timeZone} look="dateTime" />,
        ...tell(entry, context),
      }))}
    />
  );
}

type Told = { title: ReactNode; reason?: ReactNode; tone: Tone };

const STEP_TONES: Record<string, Tone> = {
  clicked: "neutral",
  joined: "accent",
  qualified: "good",
  rewarded: "good",
  rejected: "bad",
  expired: "neutral",
  reversed: "warn",
};
const REWARD_TONES: Record<string, Tone> = {
  held: "accent",
  available: "good",
  issued: "good",
  used: "good",
  voided: "bad",
  reversed: "warn",
};

type Context = Omit<StoryTimelineProps, "entries" | "timeZone">;

function tell(entry: StoryEntry, context: Context): Told {
  const { asset } = context;
  switch (entry.kind) {
    case "step":
      return {
        title: REFERRAL_STATE_LABELS[entry.state as ReferralState] ?? entry.state,
        tone: STEP_TONES[entry.state] ?? "neutral",
        reason: (
          <Why words={reasonWords(entry.reason)} actor={entry.actor}>
            <Decided decisions={entry.decisions} />
          </Why>
        ),
      };
    case "order":
      return {
        title: `Bought for ${moneyText({ minor: entry.totalMinor, asset }, "en")}`,
        tone: "neutral",
        reason: (
          <Why
            words={
              entry.isEarlier
                ? `Order ${entry.orderId}, before the invitation`
                : `Order ${entry.orderId}`
            }
          >
            <Decided decisions={entry.decisions} />
          </Why>
        ),
      };
    case "refund":
      return {
        title: `Refunded ${moneyText({ minor: entry.amountMinor, asset }, "en")}`,
        tone: "warn",
        reason: (
          <Why words={`From order ${entry.orderId}`}>
            <Decided decisions={entry.decisions} />
          </Why>
        ),
      };
    case "signal":
      return {
        title: entry.severity === "block" ? "Blocking signal" : "Signal to review",
        tone: entry.severity === "block" ? "bad" : "warn",
        reason: entry.detail,
      };
    case "reward":
      return tellReward(entry, context);
    case "email":
      return tellEmail(entry, context);
  }
}

function tellReward(
  entry: Extract<StoryEntry, { kind: "reward" }>,
  { worth, admin }: Context,
): Told {
  const words = worth.get(entry.rewardId) ?? "Reward";
  const label = (REWARD_STATE_LABELS[entry.state as RewardState] ?? entry.state).toLowerCase();
  return {
    title: (
      <TextLink href={admin.reward(entry.rewardId)}>
        {words} for the {entry.side}: {label}
      </TextLink>
    ),
    tone: REWARD_TONES[entry.state] ?? "neutral",
    reason: <Why words={rewardReasonWords(entry.reason)} actor={entry.actor} />,
  };
}

function tellEmail(
  entry: Extract<StoryEntry, { kind: "email" }>,
  { admin, mayReadEmails }: Context,
): Told {
  const title = `Email: ${TEMPLATE_LABELS[entry.template] ?? entry.template}`;
  return {
    title: mayReadEmails ? <TextLink href={admin.email(entry.messageId)}>{title}</TextLink> : title,
    tone: "neutral",
    reason: `To ${entry.recipient}`,
  };
}

/** Steps of the product itself need no name; a person's do. */
const OURSELVES = new Set(["Goodword", "visitor", "Visitor"]);

function Why({ words, actor, children }: { words: string; actor?: string; children?: ReactNode }) {
  return (
    <>
      <p>
        {words}
        {actor && !OURSELVES.has(actor) ? `, by ${actor}` : null}
      </p>
      {children}
    </>
  );
}

function Decided({
  decisions,
}: {
  decisions: Extract<StoryEntry, { kind: "order" }>["decisions"];
}) {
  if (decisions.length === 0) return null;
  return (
    <Disclosure
      className="mt-1.5"
      summary={decisions.length === 1 ? "1 decision" : `${decisions.length} decisions`}
    >
      <DecisionList decisions={decisions} />
    </Disclosure>
  );
}

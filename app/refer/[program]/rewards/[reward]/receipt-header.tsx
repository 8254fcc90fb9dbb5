import { StatusPill } from "@/components/ui/content/badge";
import { Card } from "@/components/ui/content/card";
import { CopyField } from "@/components/ui/controls/copy-button";
import { amountWords } from "@/lib/terms/words/amounts";
import type { Receipt } from "@/lib/rewards/queries/rewards";
import type { RewardState } from "@/lib/rewards/schema";
import {
  REWARD_TONES,
  rewardAmount,
  type RewardReader,
  rewardStateLine,
  rewardStateWords,
  rewardWords,
} from "../reward-words";

/** What the reward is and its state, in a word and in a sentence. */
export function ReceiptHeader({ reward, by }: { reward: Receipt; by: RewardReader }) {
  const { t, locale } = by;
  const state = reward.state as RewardState;
  const amount = rewardAmount(reward);
  const isPartlyReversed = reward.reversedMinor > 0n && state !== "reversed" && state !== "voided";
  return (
    <header className="flex flex-col gap-2">
      <p className="text-sm text-ink-muted">{t("receipt.title")}</p>
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="figure text-[1.75rem]/9 font-semibold tracking-tight">
          {rewardWords(reward, by)}
        </h1>
        <StatusPill tone={REWARD_TONES[state]}>
          {rewardStateWords({ state, kind: reward.terms.benefit.kind }, t)}
        </StatusPill>
      </div>
      <p className="text-base/7 text-ink-muted">{rewardStateLine(reward, by)}</p>
      {amount && isPartlyReversed ? (
        <p className="text-sm/6 text-ink-muted">
          {t("rewards.partlyReversed", {
            amount: amountWords(t, { minor: reward.reversedMinor, asset: amount.asset }, locale),
          })}
        </p>
      ) : null}
    </header>
  );
}

/** The coupon code with its copy button, and where to enter it. */
export function CouponCard({ code, by: { t, shop } }: { code: string; by: RewardReader }) {
  return (
    <Card>
      <p className="mb-2 text-sm font-medium">{t("rewards.coupon")}</p>
      <CopyField
        name={t("rewards.coupon")}
        value={code}
        label={t("rewards.copyCode")}
        copiedLabel={t("share.copied")}
      />
      <p className="mt-2 text-[0.8125rem]/5 text-ink-muted">{t("rewards.couponHow", { shop })}</p>
    </Card>
  );
}

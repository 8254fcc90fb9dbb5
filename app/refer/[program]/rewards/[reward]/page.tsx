import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { StatusPill } from "@/components/ui/content/badge";
import { Card, CardHeader } from "@/components/ui/content/card";
import { TextLink } from "@/components/ui/controls/button";
import { CopyField } from "@/components/ui/controls/copy-button";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Timeline } from "@/components/ui/content/timeline";
import { Notice } from "@/components/shop/notice";
import { customerScope } from "@/lib/auth/customer";
import { DomainError } from "@/lib/core/errors";
import { termsOf } from "@/lib/programs/queries";
import { amountWords } from "@/lib/terms/words/amounts";
import { receipt as findReceipt, type Receipt } from "@/lib/rewards/queries/rewards";
import type { RewardState } from "@/lib/rewards/schema";
import { loadProgram } from "../../load";
import { Missing } from "../../missing";
import {
  REWARD_TONES,
  rewardAmount,
  rewardStateLine,
  rewardStateWords,
  rewardWords,
  type RewardReader,
} from "../reward-words";
import { ReviewSection } from "./review-section";
import { factsOf, releaseWords, ruleWords, stepsOf } from "./receipt-words";

export const metadata: Metadata = { robots: { index: false } };

type Props = { params: Promise<{ program: string; reward: string }> };

/**
 * The receipt of one reward: where it stands, under which rule, on which facts, when it is released
 * and why.
 */
export default async function ReceiptPage({ params }: Props) {
  const { program: slug, reward: rewardId } = await params;
  const found = await loadProgram(slug);
  if (!found) return <Missing />;
  const entry = await customerScope(slug);
  if (!entry) redirect(`/refer/${encodeURIComponent(slug)}`);
  const { t, locale } = await reader();
  const { shop } = found;
  const home = (
    <TextLink href={`/refer/${found.program.slug}`} className="text-sm">
      ← {t("receipt.back")}
    </TextLink>
  );
  const reward = await orNull(findReceipt(entry.scope, rewardId, entry.customerId));
  if (!reward) {
    return (
      <ShopFrame shop={shop}>
        <Notice title={t("closed.programUnknownTitle")} action={home}>
          <p>{t("closed.programUnknownBody")}</p>
        </Notice>
      </ShopFrame>
    );
  }
  const terms = await termsOf(entry.scope, reward.programId, reward.programVersion);
  const by: RewardReader = { t, locale, shop: shop.name, timeZone: shop.timeZone };
  const state = reward.state as RewardState;
  const amount = rewardAmount(reward);
  return (
    <ShopFrame shop={shop} width="page">
      <article className="flex flex-col gap-6">
        {home}
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
          {reward.reversedMinor > 0n && amount && state !== "reversed" && state !== "voided" ? (
            <p className="text-sm/6 text-ink-muted">
              {t("rewards.partlyReversed", {
                amount: amountWords(
                  t,
                  { minor: reward.reversedMinor, asset: amount.asset },
                  locale,
                ),
              })}
            </p>
          ) : null}
        </header>
        {reward.couponCode ? (
          <Card>
            <p className="mb-2 text-sm font-medium">{t("rewards.coupon")}</p>
            <CopyField
              name={t("rewards.coupon")}
              value={reward.couponCode}
              label={t("share.copyCode")}
              copiedLabel={t("share.copied")}
            />
            <p className="mt-2 text-[0.8125rem]/5 text-ink-muted">
              {t("rewards.couponHow", { shop: shop.name })}
            </p>
          </Card>
        ) : null}
        <Card>
          <CardHeader title={t("receipt.releaseTitle")} />
          {releaseWords(reward, by).map((line) => (
            <p key={line} className="mt-2 text-sm/6">
              {line}
            </p>
          ))}
        </Card>
        <Card>
          <CardHeader title={t("receipt.ruleTitle")} />
          {ruleWords(reward, terms, by).map((line) => (
            <p key={line} className="mt-2 text-sm/6">
              {line}
            </p>
          ))}
          {reward.terms.given ? null : (
            <p className="mt-2 text-[0.8125rem]/5 text-ink-muted">
              {t("receipt.ruleVersion", { version: reward.programVersion })}
            </p>
          )}
        </Card>
        <Card>
          <CardHeader title={t("receipt.factsTitle")} className="mb-4" />
          <DefinitionList items={factsOf(reward, by)} />
        </Card>
        <Card>
          <CardHeader title={t("receipt.timelineTitle")} className="mb-4" />
          <Timeline label={t("receipt.timelineTitle")} steps={stepsOf(reward, by)} />
        </Card>
        <ReviewSection scope={entry.scope} rewardId={reward.id} slug={found.program.slug} by={by} />
      </article>
    </ShopFrame>
  );
}

/** Another customer's reward and a missing one look the same. */
async function orNull(receipt: Promise<Receipt>): Promise<Receipt | null> {
  try {
    return await receipt;
  } catch (error) {
    if (error instanceof DomainError && error.code === "not_found") return null;
    throw error;
  }
}

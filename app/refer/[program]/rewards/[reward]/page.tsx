import { redirect } from "next/navigation";
import { reader } from "@/app/reader";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Timeline } from "@/components/ui/content/timeline";
import { Notice } from "@/components/shop/notice";
import { customerScope } from "@/lib/auth/customer";
import { DomainError } from "@/lib/core/errors";
import { termsOf } from "@/lib/programs/queries";
import { receipt as findReceipt, type Receipt } from "@/lib/rewards/queries/rewards";
import { CustomerFrame } from "../../_home/customer-frame";
import { loadProgram } from "../../load";
import { Missing } from "../../missing";
import type { RewardReader } from "../reward-words";
import { CouponCard, ReceiptHeader } from "./receipt-header";
import { ReviewSection } from "./review-section";
import { factsOf, releaseWords, ruleWords, stepsOf, workedWords } from "./receipt-words";

type Props = { params: Promise<{ program: string; reward: string }> };

/**
 * The receipt of one reward: its state, when it is released and why, the rule and the facts behind
 * it, and the way to ask about it.
 */
export default async function ReceiptPage({ params }: Props) {
  const { program: slug, reward: rewardId } = await params;
  const found = await loadProgram(slug);
  if (!found) return <Missing />;
  const entry = await customerScope(slug);
  if (!entry) redirect(`/refer/${encodeURIComponent(slug)}`);
  const { t, locale } = await reader();
  const { shop } = found;
  const reward = await orNull(findReceipt(entry.scope, rewardId, entry.customerId));
  if (!reward) {
    return (
      <CustomerFrame found={found} entry={entry}>
        <Notice title={t("closed.programUnknownTitle")}>
          <p>{t("closed.programUnknownBody")}</p>
        </Notice>
      </CustomerFrame>
    );
  }
  const terms = await termsOf(entry.scope, reward.programId, reward.programVersion);
  const by: RewardReader = { t, locale, shop: shop.name, timeZone: shop.timeZone };
  const worked = workedWords(reward, by);
  return (
    <CustomerFrame found={found} entry={entry}>
      <article className="flex flex-col gap-6">
        <ReceiptHeader reward={reward} by={by} />
        {reward.couponCode ? <CouponCard code={reward.couponCode} by={by} /> : null}
        <SentencesCard title={t("receipt.releaseTitle")} sentences={releaseWords(reward, by)} />
        <SentencesCard
          title={t("receipt.ruleTitle")}
          sentences={ruleWords(reward, terms, by)}
          note={
            reward.terms.given ? null : t("receipt.ruleVersion", { version: reward.programVersion })
          }
        />
        {worked.length > 0 ? <SentencesCard title={t("worked.title")} sentences={worked} /> : null}
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
    </CustomerFrame>
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

type SentencesCardProps = { title: string; sentences: readonly string[]; note?: string | null };

function SentencesCard({ title, sentences, note = null }: SentencesCardProps) {
  return (
    <Card>
      <CardHeader title={title} />
      {sentences.map((sentence) => (
        <p key={sentence} className="figure mt-2 text-sm/6">
          {sentence}
        </p>
      ))}
      {note ? <p className="mt-2 text-[0.8125rem]/5 text-ink-muted">{note}</p> : null}
    </Card>
  );
}

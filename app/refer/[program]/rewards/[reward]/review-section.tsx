import type { RewardReader } from "../reward-words";
import { ReviewForm } from "@/components/refer/rewards/review-form";
import { Card, CardHeader } from "@/components/ui/content/card";
import { cx } from "@/components/ui/cx";
import { Disclosure } from "@/components/ui/content/disclosure";
import { dateFormat } from "@/lib/core/zones/format";
import type { Scope } from "@/lib/merchants/scope";
import { questionsOfReward } from "@/lib/desk/queries/questions";
import { MOST_QUESTIONS } from "@/lib/desk/schema";
import { askForReview } from "./actions";

type ReviewSectionProps = { scope: Scope; rewardId: string; slug: string; by: RewardReader };

/** Questions the owner asked about a reward, the answers of the shop, and the form to ask. */
export async function ReviewSection({
  scope,
  rewardId,
  slug,
  by: { t, locale, shop, timeZone },
}: ReviewSectionProps) {
  const reviews = await questionsOfReward(scope, rewardId);
  const day = dateFormat(locale, { dateStyle: "long", timeZone });
  const isOpen = reviews.some(({ state }) => state === "open");
  const form = (
    <ReviewForm
      action={askForReview.bind(null, slug)}
      rewardId={rewardId}
      words={{ label: t("review.label"), hint: t("review.hint"), send: t("review.send") }}
    />
  );
  return (
    <Card>
      <CardHeader title={t("review.title")} />
      {reviews.map((review) => (
        <div key={review.id} className="mt-4 flex flex-col gap-2 text-sm/6">
          <p className="text-ink-muted">
            {review.state === "open"
              ? t("review.open", { date: day.format(review.createdAt), shop })
              : t("review.askedOn", { date: day.format(review.createdAt) })}
          </p>
          <blockquote
            className={cx(
              "border-l-2 border-line-strong pl-3",
              "whitespace-pre-line [overflow-wrap:anywhere]",
            )}
          >
            {review.message}
          </blockquote>
          {review.answer && review.outcome && review.answeredAt ? (
            <>
              <p className="text-ink-muted">
                {t("review.answeredOn", { shop, date: day.format(review.answeredAt) })}
              </p>
              <p className="whitespace-pre-line [overflow-wrap:anywhere]">{review.answer}</p>
              <p className="font-medium">{t(`review.outcome.${review.outcome}`)}</p>
            </>
          ) : null}
        </div>
      ))}
      {isOpen ? null : reviews.length >= MOST_QUESTIONS ? (
        <p className="mt-4 text-sm/6 text-ink-muted">
          {t("review.often", { count: reviews.length, shop })}
        </p>
      ) : reviews.length === 0 ? (
        <>
          <p className="mt-2 text-sm/6 text-ink-muted">{t("review.lead", { shop })}</p>
          <div className="mt-3">
            <Disclosure summary={t("review.send")}>{form}</Disclosure>
          </div>
        </>
      ) : (
        <div className="mt-4">
          <Disclosure summary={t("review.send")}>{form}</Disclosure>
        </div>
      )}
    </Card>
  );
}

import { isInPoints } from "@/lib/terms/kinds/benefits";
import { Sparkles } from "lucide-react";
import { cx } from "@/components/ui/cx";
import { PointsBalance } from "@/components/loyalty/points/points-balance";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Disclosure } from "@/components/ui/content/disclosure";
import { writeMultiplier } from "@/lib/core/values/percent";
import { runningCampaign } from "@/lib/loyalty/campaigns/queries";
import { pointsOf } from "@/lib/loyalty/points/queries/customer-points";
import { termsForArm } from "@/lib/terms/rules/applying";
import { promiseLines } from "@/lib/terms/words/promises";
import { dayWords, type PointsContext, pointsWords } from "./context";

const FEW = 3;
/** How many ways to earn stand open. */
const OPEN = 1;

/**
 * What they have, what is coming and when, what goes next, and what is still to be made good for.
 */
export async function BalanceSection(context: PointsContext) {
  const {
    t,
    locale,
    entry,
    found: { shop },
  } = context;
  const { points, owed, pending, nextExpiry } = await pointsOf(entry.scope, entry.customerId);
  const lines = pending.slice(0, FEW).map(({ minor, heldUntil, underReview }) => {
    const amount = pointsWords(context, minor);
    return underReview
      ? t("points.pendingReview", { amount, shop: shop.name })
      : t("points.pendingOn", { amount, date: dayWords(context, heldUntil) });
  });
  const expiry = nextExpiry
    ? t("points.expires", {
        amount: pointsWords(context, nextExpiry.minor),
        date: dayWords(context, new Date(nextExpiry.at.getTime() - 1)),
      })
    : points > 0n
      ? t("points.expiresNone")
      : null;
  return (
    <PointsBalance
      figure={new Intl.NumberFormat(locale).format(points)}
      unit={t("points.unit", { count: Number(points) })}
      expiry={expiry}
      owed={owed > 0n ? t("points.owed", { amount: pointsWords(context, owed) }) : null}
      pending={
        lines.length === 0
          ? null
          : {
              title: t("points.pendingTitle"),
              lines: pending.length > FEW ? [...lines, t("points.pendingMore")] : lines,
            }
      }
    />
  );
}

/** What gives points, and whether it gives more just now. */
export async function EarnSection(context: PointsContext) {
  const {
    t,
    locale,
    arm,
    entry,
    found: { program, shop },
  } = context;
  const campaign = await runningCampaign(entry.scope, program.id);
  const terms = termsForArm(program.terms, arm);
  const giving = new Set(
    terms.rules.filter(({ benefit }) => isInPoints(benefit)).map(({ id }) => id),
  );
  const lines = program.openness.open
    ? promiseLines(t, terms, "advocate", "advocate", locale).filter(({ ruleId }) =>
        giving.has(ruleId),
      )
    : [];
  return (
    <Card>
      <CardHeader title={t("points.earnTitle")} />
      {campaign && lines.length > 0 ? (
        <p
          className={cx(
            "mt-3 flex items-start gap-2.5 rounded-control bg-accent-soft px-4 py-3",
            "text-sm/6 text-accent-text",
          )}
        >
          <Sparkles aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
          <span>
            <span className="block font-semibold [overflow-wrap:anywhere]">{campaign.name}</span>
            <span className="figure">
              {t("points.campaign", {
                times: writeMultiplier(campaign.multiplierBp),
                date: dayWords(context, new Date(campaign.endsAt.getTime() - 1)),
              })}
            </span>
          </span>
        </p>
      ) : null}
      {lines.length === 0 ? (
        <p className="mt-2 text-sm/6 text-ink-muted">{t("points.earnNone", { shop: shop.name })}</p>
      ) : (
        <div className="mt-3">
          <EarnLines lines={lines.slice(0, OPEN)} />
          {lines.length > OPEN ? (
            <Disclosure
              summary={t("points.more", { count: lines.length - OPEN })}
              flush
              className="mt-3"
            >
              <EarnLines lines={lines.slice(OPEN)} />
            </Disclosure>
          ) : null}
        </div>
      )}
    </Card>
  );
}

function EarnLines({ lines }: { lines: ReturnType<typeof promiseLines> }) {
  return (
    <ul className="divide-y divide-line">
      {lines.map(({ ruleId, words, when, hold }) => (
        <li key={ruleId} className="py-3 text-sm/6 first:pt-0 last:pb-0">
          <p className="figure font-semibold">{words}</p>
          <p>{when}</p>
          {hold ? <p className="text-[0.8125rem]/5 text-ink-muted">{hold}</p> : null}
        </li>
      ))}
    </ul>
  );
}

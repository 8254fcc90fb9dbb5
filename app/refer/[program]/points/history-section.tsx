import { type HistoryLine, PointsHistory } from "@/components/loyalty/points/points-history";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Pagination } from "@/components/ui/page/pagination";
import { localized } from "@/lib/core/i18n/localized";
import { pageFrom } from "@/lib/core/query-string";
import { type PointsLine, pointsHistory } from "@/lib/loyalty/points/queries/customer-points";
import { triggerWords } from "@/lib/terms/words/when";
import type { PointsContext } from "./context";

const LINES = 20;

/** Everything that moved in their points, a page at a time. */
export async function HistorySection({
  cursor,
  ...context
}: PointsContext & { cursor: string | null }) {
  const {
    t,
    entry,
    found: { program },
  } = context;
  const { rows, nextCursor } = await pageFrom(
    { limit: LINES, ...(cursor !== null && { cursor }) },
    (at) => pointsHistory(entry.scope, entry.customerId, at),
  );
  const base = `/refer/${program.slug}/points`;
  return (
    <Card flush>
      <CardHeader title={t("points.historyTitle")} className="px-5 pt-5 sm:px-6 sm:pt-6" />
      <div className="px-5 pt-4 pb-5 sm:px-6 sm:pb-6" id="history">
        {rows.length === 0 ? (
          <p className="text-sm/6 text-ink-muted">{t("points.historyEmpty")}</p>
        ) : (
          <PointsHistory
            lines={rows.map((row) => historyLine(row, context))}
            receiptLabel={t("rewards.receipt")}
          />
        )}
      </div>
      <Pagination
        newerHref={cursor === null ? null : `${base}#history`}
        olderHref={
          nextCursor === null ? null : `${base}?cursor=${encodeURIComponent(nextCursor)}#history`
        }
        nav={t("points.pages")}
        labels={{ newer: t("points.newer"), older: t("points.older") }}
      />
    </Card>
  );
}

function historyLine(
  line: PointsLine,
  { t, locale, found: { shop, program } }: PointsContext,
): HistoryLine {
  const { id, kind, minor, at, memo, reward, itemName } = line;
  const item = itemName === null ? null : localized(itemName, locale);
  const rule =
    reward?.programId === program.id
      ? program.terms.rules.find(({ id }) => id === reward.ruleId)
      : undefined;
  const title =
    kind === "redeemed"
      ? item === null
        ? t("points.line.spent")
        : t("points.line.redeemed", { item })
      : kind === "returned"
        ? item === null
          ? t("points.line.back")
          : t("points.line.returned", { item })
        : kind === "given" || kind === "adjusted"
          ? t(`points.line.${kind}`, { shop: shop.name })
          : t(`points.line.${kind}`);
  return {
    id,
    title,
    incoming: minor > 0n,
    href: reward ? `/refer/${reward.programSlug}/rewards/${reward.id}` : null,
    about:
      kind === "adjusted"
        ? memo
        : rule
          ? triggerWords(t, program.terms, rule, "advocate", locale)
          : null,
    when: <DateTime value={at} timeZone={shop.timeZone} locale={locale} />,
    amount: new Intl.NumberFormat(locale, { signDisplay: "exceptZero" }).format(minor),
  };
}

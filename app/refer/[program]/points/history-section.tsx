import {
  type HistoryFold,
  type HistoryLine,
  PointsHistory,
} from "@/components/loyalty/points/points-history";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Pagination } from "@/components/ui/page/pagination";
import { localized } from "@/lib/core/i18n/localized";
import { pageFrom } from "@/lib/core/query-string";
import { type PointsLine, pointsHistory } from "@/lib/loyalty/points/queries/customer-points";
import { foldAlike } from "@/lib/loyalty/points/rules";
import { triggerWords } from "@/lib/terms/words/when";
import { dayWords, type PointsContext } from "./context";

const LINES = 20;
/** How many stand open: what else is on the page opens with a press. */
const OPEN = 4;

/** Everything that moved in their points, a page at a time; what is alike there is one entry. */
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
  const entries = folded(rows, context);
  const base = `/refer/${program.slug}/points`;
  return (
    <Card flush>
      <CardHeader title={t("points.historyTitle")} className="px-5 pt-5 sm:px-6 sm:pt-6" />
      <div className="px-5 pt-4 pb-5 sm:px-6 sm:pb-6" id="history">
        {rows.length === 0 ? (
          <p className="text-sm/6 text-ink-muted">{t("points.historyEmpty")}</p>
        ) : (
          <PointsHistory
            entries={entries}
            receiptLabel={t("rewards.receipt")}
            open={OPEN}
            moreLabel={t("points.more", { count: entries.length - OPEN })}
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

/** The lines of a page, those that say the same under one, which stands where the newest did. */
function folded(
  rows: readonly PointsLine[],
  context: PointsContext,
): (HistoryLine | HistoryFold)[] {
  const { t, locale, found } = context;
  const lines = rows.map((row) => ({ ...row, line: historyLine(row, context) }));
  const alike = foldAlike(lines, ({ line: { title, about, incoming } }) =>
    JSON.stringify([title, about, incoming]),
  );
  const day = (value: Date) => (
    <DateTime value={value} timeZone={found.shop.timeZone} locale={locale} />
  );
  return alike.map(({ lines: group, sum, each }) => {
    const [newest, oldest] = [group[0]!, group.at(-1)!];
    if (newest === oldest) return newest.line;
    const times = group.length;
    return {
      ...newest.line,
      times:
        each === null
          ? t("points.entries", { count: times })
          : `${new Intl.NumberFormat(locale).format(times)} × ${newest.line.amount}`,
      when: (
        <>
          {day(oldest.at)} – {day(newest.at)}
        </>
      ),
      amount: signed(locale, sum),
      // What they have in common stands above them.
      lines: group.map(({ at, line }) => ({
        ...line,
        title: dayWords(context, at),
        about: null,
        when: null,
      })),
    };
  });
}

function signed(locale: string, minor: bigint): string {
  return new Intl.NumberFormat(locale, { signDisplay: "exceptZero" }).format(minor);
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
    amount: signed(locale, minor),
  };
}

import { ChevronRight, Coins } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import { cx } from "@/components/ui/cx";
import { pointsInPlay } from "@/lib/loyalty/points/queries/customer-points";
import { pointsWords } from "./context";
import type { HomeContext } from "../_home/context";

/** The balance, leading to the page of points; nothing for shops without points. */
export async function PointsLink({ entry, found: { program }, t, locale }: HomeContext) {
  const points = await pointsInPlay(entry.scope, entry.customerId, program.terms);
  if (points === null) return null;
  return (
    <Link
      href={`/refer/${program.slug}/points`}
      className={cx(
        "flex items-center gap-4 rounded-card border border-line bg-surface p-4 sm:px-5",
        "transition-colors hover:border-line-strong",
      )}
    >
      <span
        className={cx(
          "grid size-11 shrink-0 place-items-center rounded-control",
          "bg-accent-soft text-accent-text",
        )}
      >
        <Coins aria-hidden="true" className="size-5" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="figure block text-lg/6 font-semibold tracking-tight">
          {pointsWords({ t, locale }, points)}
        </span>
        <span className="block text-[0.8125rem]/5 text-ink-muted">{t("points.open")}</span>
      </span>
      <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
    </Link>
  );
}

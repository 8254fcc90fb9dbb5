import { ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import type { ReactNode } from "react";
import { Disclosure } from "@/components/ui/content/disclosure";
import { cx } from "@/components/ui/cx";

/** One movement in the reader's words. */
export type HistoryLine = {
  id: string;
  title: string;
  about: string | null;
  when: ReactNode;
  amount: string;
  incoming: boolean;
  href: string | null;
};

/** Movements that are alike: shown as one, whose amount is their sum, and opened into each. */
export type HistoryFold = Omit<HistoryLine, "href"> & { times: string; lines: HistoryLine[] };

type PointsHistoryProps = {
  entries: readonly (HistoryLine | HistoryFold)[];
  receiptLabel: string;
  /** How many stand open; what opens the rest. */
  open: number;
  moreLabel: string;
};

/** Everything that moved, newest first; each leads to its receipt where it has one. */
export function PointsHistory({ entries, receiptLabel, open, moreLabel }: PointsHistoryProps) {
  const rest = entries.slice(open);
  return (
    <>
      <Entries entries={entries.slice(0, open)} receiptLabel={receiptLabel} />
      {rest.length > 0 ? (
        <Disclosure summary={moreLabel} flush className="mt-3">
          <Entries entries={rest} receiptLabel={receiptLabel} />
        </Disclosure>
      ) : null}
    </>
  );
}

function Entries({ entries, receiptLabel }: Pick<PointsHistoryProps, "entries" | "receiptLabel">) {
  return (
    <ul className="divide-y divide-line">
      {entries.map((entry) => (
        <li key={entry.id} className="relative py-3 first:pt-0 last:pb-0">
          {"lines" in entry ? (
            <details className="group/fold">
              <summary className="list-none rounded-sm">
                <Row
                  {...entry}
                  title={
                    <>
                      {entry.title}
                      <ChevronRight
                        aria-hidden="true"
                        className={cx(
                          "ml-1 inline size-4 text-ink-muted transition-transform",
                          "group-open/fold:rotate-90",
                        )}
                      />
                    </>
                  }
                  about={[entry.times, entry.about].filter(Boolean).join(" · ")}
                />
              </summary>
              <div className="mt-3 border-l-2 border-line pl-3">
                <Entries entries={entry.lines} receiptLabel={receiptLabel} />
              </div>
            </details>
          ) : (
            <Row {...entry} title={<Title {...entry} receiptLabel={receiptLabel} />} />
          )}
        </li>
      ))}
    </ul>
  );
}

function Title({ title, href, receiptLabel }: HistoryLine & { receiptLabel: string }) {
  if (!href) return title;
  return (
    <Link href={href} className="rounded-sm after:absolute after:inset-0 hover:underline">
      {title}
      <span className="sr-only">, {receiptLabel}</span>
    </Link>
  );
}

type RowProps = Omit<HistoryLine, "id" | "title" | "href"> & { title: ReactNode };

function Row({ title, about, when, amount, incoming }: RowProps) {
  return (
    <div className="flex items-baseline justify-between gap-4">
      <div className="min-w-0">
        <p className="text-sm/6 font-medium [overflow-wrap:anywhere]">{title}</p>
        {about || when ? (
          <p className="text-[0.8125rem]/5 text-ink-muted">
            {about ? <>{about} · </> : null}
            {when}
          </p>
        ) : null}
      </div>
      <p
        className={cx("figure shrink-0 text-sm font-semibold", incoming ? "text-good" : "text-ink")}
      >
        {amount}
      </p>
    </div>
  );
}

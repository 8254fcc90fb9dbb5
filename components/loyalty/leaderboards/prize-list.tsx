export type PrizeLine = { ranks: string; words: string; own: boolean };

/** What the best get. */
export function PrizeList({
  title,
  lead,
  prizes,
  you,
}: {
  title: string;
  lead: string;
  prizes: readonly PrizeLine[];
  you: string;
}) {
  return (
    <section aria-label={title} className="rounded-control bg-sunken px-4 py-3">
      <h3 className="text-sm font-medium">{title}</h3>
      <dl className="mt-1.5 flex flex-col gap-1 text-sm">
        {prizes.map(({ ranks, words, own }) => (
          <div key={ranks} className="flex flex-wrap items-baseline justify-between gap-x-4">
            <dt className="figure text-ink-muted">
              {ranks}
              {own ? <span className="ml-2 text-accent-text">{you}</span> : null}
            </dt>
            <dd className="text-right font-medium [overflow-wrap:anywhere]">{words}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-2 text-[0.8125rem]/5 text-ink-muted">{lead}</p>
    </section>
  );
}

import { cx } from "@/components/ui/cx";
import { CopyButton } from "@/components/ui/controls/copy-button";

export type ClaimedRewardProps = {
  label: string;
  /** The benefit; null when the label says it. */
  words: string | null;
  detail: string;
  code: { value: string; name: string; copy: string; copied: string } | null;
};

/** One thing that is the friend's now, with the code where it has one. */
export function ClaimedReward({ label, words, detail, code }: ClaimedRewardProps) {
  return (
    <section className="rounded-card border border-accent-mark/40 bg-accent-soft p-5">
      <h2 className="text-sm font-medium text-accent-text">{label}</h2>
      {words ? (
        <p className="figure mt-1.5 text-[1.75rem]/9 font-semibold tracking-tight">{words}</p>
      ) : null}
      {code ? (
        <div className="mt-3 flex flex-wrap items-center gap-3 *:grow">
          <output
            aria-label={code.name}
            className={cx(
              "flex-1 rounded-control border border-dashed border-line-strong bg-raised",
              "px-4 py-2.5 text-center font-mono text-xl tracking-wider whitespace-nowrap",
            )}
          >
            {code.value}
          </output>
          <CopyButton value={code.value} label={code.copy} copiedLabel={code.copied} />
        </div>
      ) : null}
      <p className="mt-2 text-sm/6 text-ink-muted">{detail}</p>
    </section>
  );
}

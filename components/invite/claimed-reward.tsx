import { SpokenCode } from "./spoken-code";

export type ClaimedRewardProps = {
  label: string;
  /** The benefit; null when the label says it. */
  words: string | null;
  detail: string;
  /** Until when it holds; null where it has no end. */
  until: string | null;
  code: { value: string; name: string; copy: string; copied: string } | null;
};

/** One thing that is the friend's now, with the code where it has one. */
export function ClaimedReward({ label, words, detail, until, code }: ClaimedRewardProps) {
  return (
    <section className="rounded-card border border-accent-mark/40 bg-accent-soft p-5">
      <h2 className="text-sm font-medium text-accent-text">{label}</h2>
      {words ? (
        <p className="figure mt-1.5 text-[1.75rem]/9 font-semibold tracking-tight">{words}</p>
      ) : null}
      {code ? <SpokenCode {...code} /> : null}
      <p className="mt-3 text-sm/6">{detail}</p>
      {until ? <p className="text-sm/6 text-ink-muted">{until}</p> : null}
    </section>
  );
}

import { ChevronDown, ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import type { Tone } from "@/components/ui/content/badge";
import { cx } from "@/components/ui/cx";
import { StatusPill } from "@/components/ui/content/badge";
import type { FoldedReward } from "./fold-rewards";

export type RewardItem = {
  id: string;
  href: string;
  words: string;
  about: string;
  state: string;
  tone: Tone;
  line: string;
  code: string | null;
};

type RewardListProps = {
  rewards: readonly FoldedReward[];
  receiptLabel: string;
  /** "14 × 5 points" */
  severalWords: (count: number, words: string) => string;
};

/** Rewards with their state, each leading to its receipt; those alike open from one line. */
export function RewardList({ rewards, receiptLabel, severalWords }: RewardListProps) {
  return (
    <ul className="divide-y divide-line">
      {rewards.map(({ reward, alike }) => (
        <li key={reward.id} className="relative py-4 first:pt-0 last:pb-0">
          {alike.length > 1 ? (
            <details className="group">
              <summary className="flex list-none items-center justify-between gap-3">
                <span className="flex min-w-0 flex-1 flex-wrap items-center justify-between gap-3">
                  <span className="figure text-base font-semibold tracking-tight">
                    {severalWords(alike.length, reward.words)}
                  </span>
                  <StatusPill tone={reward.tone}>{reward.state}</StatusPill>
                </span>
                <ChevronDown
                  aria-hidden="true"
                  className="size-4 shrink-0 text-ink-muted group-open:rotate-180"
                />
              </summary>
              <ul className="mt-3 divide-y divide-line border-l-2 border-line pl-4">
                {alike.map((one) => (
                  <li key={one.id} className="relative py-3">
                    <RewardEntry reward={one} receiptLabel={receiptLabel} />
                  </li>
                ))}
              </ul>
            </details>
          ) : (
            <RewardEntry reward={reward} receiptLabel={receiptLabel} />
          )}
        </li>
      ))}
    </ul>
  );
}

function RewardEntry({
  reward: { href, words, about, state, tone, line, code },
  receiptLabel,
}: {
  reward: RewardItem;
  receiptLabel: string;
}) {
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <p className="figure min-w-0 text-base font-semibold tracking-tight">
          <Link href={href} className="after:absolute after:inset-0 hover:underline">
            {words}
            <span className="sr-only">, {receiptLabel}</span>
          </Link>
        </p>
        <StatusPill tone={tone}>{state}</StatusPill>
      </div>
      <div
        className={cx(
          "mt-0.5 flex items-end justify-between gap-3",
          "text-[0.8125rem]/5 text-ink-muted",
        )}
      >
        <div>
          <p>{about}</p>
          <p>{line}</p>
          {code ? <p className="mt-1 font-mono text-sm text-ink">{code}</p> : null}
        </div>
        <ChevronRight aria-hidden="true" className="size-4 shrink-0" />
      </div>
    </>
  );
}

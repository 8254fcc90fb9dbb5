import { ChevronRight } from "lucide-react";
import { Link } from "@/components/ui/controls/link";
import type { Tone } from "@/components/ui/content/badge";
import { cx } from "@/components/ui/cx";
import { StatusPill } from "@/components/ui/content/badge";

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

/** Rewards with their state; each leads to its receipt. */
export function RewardList({
  rewards,
  receiptLabel,
}: {
  rewards: readonly RewardItem[];
  receiptLabel: string;
}) {
  return (
    <ul className="divide-y divide-line">
      {rewards.map(({ id, href, words, about, state, tone, line, code }) => (
        <li key={id} className="relative py-4 first:pt-0 last:pb-0">
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
        </li>
      ))}
    </ul>
  );
}

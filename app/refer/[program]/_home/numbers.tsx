import type { ReactNode } from "react";
import { friendCounts } from "@/lib/referrals/queries/friends";
import type { HomeContext } from "./context";

/** How many friends joined and qualified, and how many rewards that brought. */
export async function Numbers({ t, locale, entry, part }: HomeContext) {
  const { joined, qualified } = await friendCounts(entry.scope, part.advocate.id);
  const rewards = part.advocate.rewardCount;
  const figures: [number, ReactNode][] = [
    [joined, t("refer.joined", { count: joined })],
    [qualified, t("refer.qualified", { count: qualified })],
    [rewards, t("refer.rewardsCount", { count: rewards })],
  ];
  return (
    <section aria-label={t("refer.numbers")}>
      <ul className="grid grid-cols-3 gap-3">
        {figures.map(([number, label], index) => (
          <li
            key={index}
            className="rounded-card border border-line bg-surface px-3 py-4 text-center"
          >
            <p className="figure text-2xl font-semibold tracking-tight">
              {new Intl.NumberFormat(locale).format(number)}
            </p>
            <p className="mt-0.5 text-[0.8125rem]/5 text-ink-muted">{label}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

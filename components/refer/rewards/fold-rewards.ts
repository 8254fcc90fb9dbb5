import { groupedBy } from "@/lib/core/collections/grouped-by";
import type { RewardItem } from "./reward-list";

/** One reward, or several that look alike. */
export type FoldedReward = { reward: RewardItem; alike: readonly RewardItem[] };

/** So many that look alike are one line. */
const FOLDED_FROM = 3;

/**
 * Folds rewards of the same words and state into one entry, at the place of the first of them; what
 * has a code of its own stays by itself. Pure.
 */
export function foldRewards(rewards: readonly RewardItem[]): FoldedReward[] {
  const groups = groupedBy(rewards, ({ id, words, state, code }) =>
    code ? id : `${state}\n${words}`,
  );
  return [...groups.values()].flatMap((alike) =>
    alike.length >= FOLDED_FROM
      ? [{ reward: alike[0]!, alike }]
      : alike.map((reward) => ({ reward, alike: [reward] })),
  );
}

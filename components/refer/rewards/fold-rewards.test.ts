import { describe, expect, it } from "vitest";
import { foldRewards } from "./fold-rewards";
import type { RewardItem } from "./reward-list";

const reward = (id: string, words: string, other: Partial<RewardItem> = {}): RewardItem => ({
  id,
  href: `/${id}`,
  words,
  about: "",
  state: "Added",
  tone: "good",
  line: "",
  code: null,
  ...other,
});

const ids = (rewards: readonly RewardItem[]) =>
  foldRewards(rewards).map(({ alike }) => alike.map(({ id }) => id).join());

describe("a customer's rewards", () => {
  it("that look alike are one line, where the first of them was", () => {
    const small = [1, 2, 3].map((number) => reward(`p${number}`, "5 points"));
    expect(ids([small[0]!, reward("c", "$10"), small[1]!, small[2]!])).toEqual(["p1,p2,p3", "c"]);
  });

  it("stay by themselves when there are two, in another state, or with a code", () => {
    expect(
      ids([
        reward("a", "5 points"),
        reward("b", "5 points"),
        reward("c", "5 points", { state: "Reversed" }),
        ...[1, 2, 3].map((number) => reward(`d${number}`, "$5", { code: `GW-${number}` })),
      ]),
    ).toEqual(["a", "b", "c", "d1", "d2", "d3"]);
  });
});

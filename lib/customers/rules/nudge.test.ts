import { describe, expect, it } from "vitest";
import { type NudgeFacts, nudgeOf } from "./nudge";

const now = new Date("2026-03-20T12:00:00Z");
const day = (text: string) => new Date(`2026-03-${text}T10:00:00Z`);
const waiting = {
  name: "Jon",
  state: "joined",
  underReview: false,
  joinedAt: day("14"),
  expiresAt: day("30"),
};
const quiet: NudgeFacts = { shared: true, friends: [], nextTier: null, now };

describe("an advocate is reminded", () => {
  it("of nothing that is done", () => {
    expect(nudgeOf(quiet)).toBeNull();
    expect(nudgeOf({ ...quiet, nextTier: { name: "Gold", friends: 2 } })).toBeNull();
    expect(nudgeOf({ ...quiet, shared: false, friends: [{ ...waiting, state: "rewarded" }] })).toBe(
      null,
    );
  });

  it("to share, as long as nobody came and nothing was sent", () => {
    expect(nudgeOf({ ...quiet, shared: false })).toEqual({ kind: "share" });
  });

  it("of a friend who accepted days ago and still may buy", () => {
    expect(nudgeOf({ ...quiet, friends: [waiting] })).toEqual({
      kind: "waiting",
      name: "Jon",
      days: 6,
    });
    for (const friend of [
      { ...waiting, joinedAt: day("18") },
      { ...waiting, underReview: true },
      { ...waiting, expiresAt: day("19") },
      { ...waiting, state: "rewarded" },
    ])
      expect(nudgeOf({ ...quiet, friends: [friend] })).toBeNull();
  });

  it("of one thing only, the nearest first", () => {
    const nextTier = { name: "Gold", friends: 1 };
    expect(nudgeOf({ shared: false, friends: [waiting], nextTier, now })).toEqual({
      kind: "tier",
      tier: "Gold",
    });
  });
});

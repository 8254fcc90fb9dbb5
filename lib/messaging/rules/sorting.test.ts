import { describe, expect, it } from "vitest";
import { type DueEmail, type Lately, sortEmails, WINDOW_MS } from "./sorting";

const NOTHING: Lately = { recipients: new Map(), shop: 0, toldOfFriends: new Map() };
const LIMITS = { mostOfShop: 1_000 };

const email = (id: string, change: Partial<DueEmail> = {}): DueEmail => ({
  id,
  template: "reward_available",
  customerId: "cus_1",
  recipient: "ana@example.com",
  news: null,
  ...change,
});
const joined = (id: string, change: Partial<DueEmail> = {}) =>
  email(id, {
    template: "friend_joined",
    news: { programSlug: "tell", friendName: `Friend ${id}` },
    ...change,
  });
const many = (count: number, make: (id: string) => DueEmail) =>
  Array.from({ length: count }, (_, index) => make(String(index)));

describe("sortEmails", () => {
  it("tells of one friend at once, and of several together", () => {
    expect(sortEmails([joined("1")], NOTHING, LIMITS)).toMatchObject({ go: ["1"], digests: [] });
    const several = many(100, joined);
    const { go, digests } = sortEmails(several, NOTHING, LIMITS);
    expect([go, digests]).toEqual([[], [{ emails: several, reason: null }]]);
  });

  it("makes further friends wait until a day after the last email", () => {
    const told = new Date("2026-05-01T10:00:00Z");
    const lately = { ...NOTHING, toldOfFriends: new Map([["cus_1", told]]) };
    const until = new Date(told.getTime() + WINDOW_MS);
    expect(sortEmails([joined("1"), email("2")], lately, LIMITS)).toMatchObject({
      go: ["2"],
      waiting: [{ id: "1", until }],
    });
  });

  it("mixes neither readers nor programs", () => {
    const due = [
      joined("1"),
      joined("2", { customerId: "cus_2", recipient: "ben@example.com" }),
      joined("3", { news: { programSlug: "other", friendName: "Eve" } }),
    ];
    expect(sortEmails(due, NOTHING, LIMITS).go).toEqual(["1", "2", "3"]);
  });

  it("holds what is beyond a person's or the shop's limit, and never a link asked for", () => {
    const theirs = sortEmails(many(40, email), NOTHING, LIMITS);
    expect([theirs.go.length, theirs.held.length]).toEqual([30, 10]);
    expect(theirs.held[0]).toMatchObject({ reason: "recipient" });
    const due = [
      email("1", { recipient: "one@example.com" }),
      email("2", { recipient: "two@example.com" }),
      email("3", { template: "customer_sign_in" }),
    ];
    expect(sortEmails(due, { ...NOTHING, shop: 9 }, { mostOfShop: 10 })).toMatchObject({
      go: ["1", "3"],
      held: [{ id: "2", reason: "shop" }],
    });
  });
});

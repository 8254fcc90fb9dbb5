import type { BadgeKind, BadgeRule } from "@/lib/loyalty/badges/schema";

export const BADGE_KINDS: { value: BadgeKind; label: string; hint: string }[] = [
  { value: "friends", label: "Friends", hint: "So many friends were confirmed." },
  {
    value: "friends_within",
    label: "Friends in a time",
    hint: "So many within a month, or within some days.",
  },
  {
    value: "first_of_channel",
    label: "First of a channel",
    hint: "The first friend who came by a channel.",
  },
  {
    value: "second_level",
    label: "Friends’ friends",
    hint: "A friend of theirs brought a friend.",
  },
  { value: "anniversary", label: "Anniversary", hint: "So many years since they joined." },
  { value: "points_earned", label: "Points earned", hint: "So many, whatever they spent." },
  { value: "purchases", label: "Own purchases", hint: "So many that were not returned." },
];

/** What earns a badge, for staff: "3 friends within a month". */
export function badgeRuleText(rule: BadgeRule): string {
  const many = (count: number, one: string, more: string) =>
    `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
  switch (rule.kind) {
    case "friends":
      return many(rule.count, "confirmed friend", "confirmed friends");
    case "friends_within":
      return `${many(rule.count, "friend", "friends")} within ${rule.period === "month" ? "a calendar month" : many(rule.days ?? 0, "day", "days")}`;
    case "first_of_channel":
      return `The first friend who came by ${rule.channel}`;
    case "second_level":
      return many(rule.count, "friend of a friend", "friends of friends");
    case "anniversary":
      return `${many(rule.years, "year", "years")} since joining`;
    case "points_earned":
      return many(rule.points, "point earned", "points earned");
    case "purchases":
      return many(rule.count, "purchase of their own", "purchases of their own");
  }
}

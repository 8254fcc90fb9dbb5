import type { BadgeKind, BadgeRule } from "@/lib/loyalty/badges/schema";

/** What can earn a badge. */
export const BADGE_KINDS: { value: BadgeKind; label: string; hint: string }[] = [
  { value: "friends", label: "Friends", hint: "A number of qualified friends." },
  {
    value: "friends_within",
    label: "Friends in a period",
    hint: "A number of qualified friends within a month or some days.",
  },
  {
    value: "first_of_channel",
    label: "First friend by channel",
    hint: "The first friend who came through a channel.",
  },
  {
    value: "second_level",
    label: "Friends’ friends",
    hint: "A friend they referred referred a friend.",
  },
  { value: "anniversary", label: "Anniversary", hint: "A number of years since they joined." },
  {
    value: "points_earned",
    label: "Points earned",
    hint: "A number of points, even after they are spent.",
  },
  {
    value: "purchases",
    label: "Own purchases",
    hint: "A number of purchases that were not refunded.",
  },
];

/** What earns a badge, for staff: "3 friends within a month". */
export function badgeRuleText(rule: BadgeRule): string {
  const many = (count: number, one: string, more: string) =>
    `${count.toLocaleString("en")} ${count === 1 ? one : more}`;
  switch (rule.kind) {
    case "friends":
      return many(rule.count, "qualified friend", "qualified friends");
    case "friends_within":
      return [
        many(rule.count, "friend", "friends"),
        "within",
        rule.period === "month" ? "a calendar month" : many(rule.days ?? 0, "day", "days"),
      ].join(" ");
    case "first_of_channel":
      return `First friend through ${rule.channel}`;
    case "second_level":
      return many(rule.count, "friend of a friend", "friends of friends");
    case "anniversary":
      return `${many(rule.years, "year", "years")} since joining`;
    case "points_earned":
      return many(rule.points, "point earned", "points earned");
    case "purchases":
      return many(rule.count, "own purchase", "own purchases");
  }
}

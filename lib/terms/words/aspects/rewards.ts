import { translator } from "@/lib/core/i18n/translator";
import { unitCostOf } from "../../kinds/benefits";
import { isZero } from "../../kinds/calculator";
import { isOnQualification, mainRule } from "../../rules/applying";
import { type Rule, type Side, SIDES, type Terms } from "../../schema";
import { moneyText } from "../amounts";
import { benefitWords, holdWords } from "../promises";
import { conditionText, qualification, ruleLimits, triggerText } from "../staff";
import { type Aspect, pathsOf } from "./aspect";

const t = translator("en");

/** The two main rewards, in parts. */
export function rewardAspects(advocates: string[], friends: string[]): Aspect[] {
  const both = [...advocates, ...friends];
  const of = (side: Side) => (side === "advocate" ? advocates : friends);
  return [
    {
      label: "Advocate gets",
      paths: pathsOf(advocates, "(benefit|calculator|side|id)\\b"),
      say: (terms) => gets(terms, "advocate"),
    },
    {
      label: "Friend gets",
      paths: pathsOf(friends, "(benefit|calculator|side|id)\\b"),
      say: (terms) => gets(terms, "friend"),
    },
    { label: "Cost of one", paths: pathsOf(both, "benefit\\.unitCost$"), say: unitCosts },
    {
      label: "Counts when",
      paths: /^qualification\./,
      say: (terms, { names }) => qualification(terms, names),
    },
    {
      label: "Friend’s reward is due",
      paths: pathsOf(friends, "on\\b"),
      say: (terms) => due(terms, "friend"),
    },
    {
      label: "Advocate’s reward is due",
      paths: pathsOf(advocates, "on\\b"),
      say: (terms) => due(terms, "advocate"),
    },
    { label: "Hold", paths: pathsOf(both, "holdDays$"), say: holds },
    ...SIDES.flatMap((side): Aspect[] => [
      {
        label: `Condition of the ${side}’s reward`,
        paths: pathsOf(of(side), "conditions\\b"),
        say: (terms, { names }) =>
          conditionText(mainRule(terms, side)?.conditions ?? { all: [] }, terms.currency, names),
      },
      {
        label: `More on the ${side}’s reward`,
        paths: pathsOf(of(side), "(name|caps|fallback|expiry|arm|benefit\\.codes)\\b"),
        say: (terms) => further(terms, side),
      },
    ]),
  ];
}

const NAMES: Record<Side, string> = { advocate: "Advocate", friend: "Friend" };

function gets(terms: Terms, side: Side): string | null {
  const rule = mainRule(terms, side);
  return rule ? benefitWords(t, rule, terms.currency, "en") : null;
}

function mains(terms: Terms): Rule[] {
  return SIDES.flatMap((side) => mainRule(terms, side) ?? []);
}

function unitCosts(terms: Terms): string | null {
  return (
    mains(terms)
      .map(({ side, benefit }) => ({ side, cost: unitCostOf(benefit) }))
      .filter(({ cost }) => !isZero(cost))
      .map(({ side, cost }) => `${moneyText(cost, terms.currency)} for the ${side}’s`)
      .join(", ") || null
  );
}

function due(terms: Terms, side: Side): string | null {
  const rule = mainRule(terms, side);
  if (!rule) return null;
  return isOnQualification(rule) ? "Once the referral qualifies" : triggerText(rule.on);
}

function holds(terms: Terms): string | null {
  const bySide = mains(terms).map((rule) => ({
    side: rule.side,
    words: holdWords(t, rule.holdDays),
  }));
  if (new Set(bySide.map(({ words }) => words)).size < 2) return bySide[0]?.words ?? null;
  return bySide.map(({ side, words }) => `${NAMES[side]}: ${words.toLowerCase()}`).join("; ");
}

/** What the other aspects of a main reward leave unsaid. */
function further(terms: Terms, side: Side): string | null {
  const rule = mainRule(terms, side);
  if (!rule) return null;
  const { benefit } = rule;
  const rest = ruleLimits(
    {
      ...rule,
      holdDays: 0,
      benefit: "unitCost" in benefit ? { ...benefit, unitCost: "0" } : benefit,
    },
    terms,
  );
  return [...(rule.name ? [`Named “${rule.name}”`] : []), ...rest].join(". ") || null;
}

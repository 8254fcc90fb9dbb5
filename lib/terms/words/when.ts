import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { currencyAsset, type Money, parseMoney } from "@/lib/core/money";
import { larger } from "../kinds/calculator";
import { conditionKind } from "../kinds/conditions";
import { triggerKind } from "../kinds/triggers";
import type { Cap, Condition, Person, Rule, RuleTrigger, Side, Terms } from "../schema";
import { amountWords, moneyWords } from "./amounts";
import type { Addressee, CustomerContext, TermNames } from "./context";

type Clause = Pick<Rule, "on" | "conditions">;
type Context = Pick<Terms, "currency" | "qualification">;

/**
 * What a rule waits for, said to one side: "When your friend makes their first purchase of $50 or
 * more".
 */
export function triggerWords(
  t: Translate,
  terms: Context,
  rule: Clause,
  reader: Side,
  locale: Locale,
): string {
  const { trigger, conditions } = resolved(terms, rule);
  const kind = triggerKind(trigger.kind);
  const least = saysLeast(trigger) ? leastOrder(conditions, terms.currency) : null;
  if (kind.of === "friend" && kind.leastWords && least !== null && least.minor > 0n)
    return kind.leastWords.customer(amountWords(t, least, locale), { t, reader });
  return kind.customerWords(trigger, { t, reader });
}

/**
 * The trigger and on what conditions: "With each of your purchases · with something from Tea · on
 * Saturday".
 */
export function whenWords(
  t: Translate,
  terms: Context,
  rule: Clause & Pick<Rule, "side">,
  reader: Side,
  locale: Locale,
  names: TermNames = {},
): string {
  const { trigger, conditions } = resolved(terms, rule);
  const by: CustomerContext = {
    t,
    currency: terms.currency,
    locale,
    names,
    addressee: (person) => addresseeOf(person, rule.side, reader),
  };
  // What the trigger says in its own words is not said again.
  const parts = conditions
    .flatMap((condition) => (saysLeast(trigger) ? withoutLeast(condition) : [condition]))
    .flatMap((condition) => conditionLines(condition, by));
  return [triggerWords(t, terms, rule, reader, locale), ...new Set(parts)].join(" · ");
}

/** A rule on the qualification waits for what qualifies a referral, on the conditions of both. */
function resolved(
  { qualification }: Context,
  { on, conditions }: Clause,
): { trigger: RuleTrigger; conditions: Condition[] } {
  const kind = triggerKind(on.kind);
  return kind.of === "friend" && kind.isQualification
    ? { trigger: qualification.trigger, conditions: [conditions, qualification.conditions] }
    : { trigger: on, conditions: [conditions] };
}

function saysLeast({ kind }: RuleTrigger): boolean {
  const found = triggerKind(kind);
  return found.of === "friend" && found.leastWords !== undefined;
}

/** A condition in short phrases, all of which have to be true. */
function conditionLines(condition: Condition, by: CustomerContext): string[] {
  const { t } = by;
  if ("all" in condition) return condition.all.flatMap((part) => conditionLines(part, by));
  if ("any" in condition) {
    const ways = phrases(condition.any, by);
    // A way that is open to all makes the others no condition.
    return ways.length < condition.any.length ? [] : [either(ways, by)];
  }
  if ("none" in condition) {
    const banned = phrases(condition.none, by);
    return banned.length === 0 ? [] : [t("when.if.except", { conditions: either(banned, by) })];
  }
  return conditionKind(condition.kind).customerWords(condition, by);
}

function phrases(conditions: readonly Condition[], by: CustomerContext): string[] {
  return conditions.flatMap((part) => {
    const lines = conditionLines(part, by);
    if (lines.length === 0) return [];
    return [lines.reduce((first, second) => by.t("when.if.and", { first, second }))];
  });
}

function either(ways: readonly string[], { t }: CustomerContext): string {
  return ways.reduce((first, second) => t("when.if.or", { first, second }));
}

/**
 * What one person can earn at most, said to them; limits of the whole program are the shop's
 * business.
 */
export function capLines(
  t: Translate,
  caps: readonly Cap[] | undefined,
  currency: string,
  locale: Locale,
): string[] {
  return (caps ?? [])
    .filter(({ who }) => who === "person")
    .flatMap(({ per, rewards, cost }) => [
      ...(rewards === undefined ? [] : [t(`when.limit.${per}`, { count: rewards })]),
      ...(cost === undefined
        ? []
        : [t(`when.limitAmount.${per}`, { amount: moneyWords(t, cost, currency, locale) })]),
    ]);
}

function addresseeOf(person: Person, side: Side, reader: Side): Addressee {
  const meant = person === "owner" ? side : person;
  if (meant === reader) return "you";
  return meant === "friend" ? "friend" : "inviter";
}

/**
 * The largest order total that must be reached. Amounts within `any` or `none` are no promise, and
 * are left out.
 */
function leastOrder(conditions: readonly Condition[], currency: string): Money | null {
  return conditions
    .flatMap(leastOrders)
    .map((text) => parseMoney(text, currencyAsset(currency)))
    .reduce<Money | null>((most, one) => (most === null ? one : larger(most, one)), null);
}

function leastOrders(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(leastOrders);
  const least = leastOf(condition);
  return least === null ? [] : [least];
}

function withoutLeast(condition: Condition): Condition[] {
  if ("all" in condition) return [{ all: condition.all.flatMap(withoutLeast) }];
  return leastOf(condition) === null ? [condition] : [];
}

/** The order total that a condition asks for; null where it asks for something else. */
export function leastOf(condition: Condition): string | null {
  if (!("kind" in condition)) return null;
  return conditionKind(condition.kind).leastOrder?.(condition) ?? null;
}

import { type Translate, translator } from "@/lib/core/i18n/translator";
import type { SignalKind } from "@/lib/terms/schema";
import type { Fact, Signal } from "./signals/signal";

/** What a signal rests on that is no other record, as it is kept with it. */
function factWords(t: Translate, fact: Fact): string {
  const { kind, count, said, orderId } = fact;
  switch (kind) {
    case "network":
    case "pace":
      return t(`signals.facts.${kind}`, { count: count ?? 0 });
    case "coupon":
      return t("signals.facts.coupon", { code: said ?? "", order: orderId ?? "" });
    case "domain":
    case "bounced":
    case "goal":
      return t(`signals.facts.${kind}`, { said: said ?? "" });
    case "unanswered":
      return t("signals.facts.unanswered", { said: said ?? "", count: count ?? 0 });
  }
}

/** A signal that rests on such facts; its English says the first of them. */
export function signalFrom(kind: SignalKind, ...evidence: readonly [Fact, ...Fact[]]): Signal {
  return { kind, severity: "review", detail: inEnglish(evidence[0]), evidence };
}

/** What was said last of facts that are a number: a crowd says the same of many. */
const saidLast = new Map<string, string>();
const MOST_KEPT = 1_000;

function inEnglish(fact: Fact): string {
  if (fact.kind !== "pace" && fact.kind !== "network") return factWords(translator("en"), fact);
  const key = `${fact.kind} ${fact.count}`;
  const words = saidLast.get(key) ?? factWords(translator("en"), fact);
  if (saidLast.size >= MOST_KEPT) saidLast.clear();
  saidLast.set(key, words);
  return words;
}

import { remembered } from "@/lib/core/collections/remembered";
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

/** Of a crowd, the same is said of many. */
const wordsOf = remembered<string>(1_000);

function inEnglish(fact: Fact): string {
  const { kind, count, said, orderId } = fact;
  const key = JSON.stringify([kind, count, said, orderId]);
  return wordsOf(key, () => factWords(translator("en"), fact));
}

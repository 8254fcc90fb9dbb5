import { translator } from "@/lib/core/i18n/translator";
import type { Beginning, Signal } from "./signal";

/** An invitation accepted by a browser without the name that our page gives: perhaps a program. */
export function noVisitor({ claimed }: Beginning): Signal | null {
  if (!claimed || claimed.hasVisitor) return null;
  return {
    kind: "no_visitor",
    severity: "review",
    detail: translator("en")("signals.facts.visitor"),
    evidence: [],
  };
}

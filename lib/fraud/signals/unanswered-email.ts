import { addDays } from "@/lib/core/time";
import type { FraudRules } from "@/lib/terms/rules/fraud";
import type { Unanswered } from "../queries/answers";
import { signalFrom } from "../words";
import { factOf, type Signal } from "./signal";

/** An address that never answered, when a reward would be released: perhaps it is nobody's. */
export function unansweredEmail(
  { email: said, hasBounced }: Unanswered,
  { joinedAt, now }: { joinedAt: Date; now: Date },
  { answerDays: count }: Pick<FraudRules, "answerDays">,
): Signal | null {
  if (hasBounced) return signalFrom("unanswered_email", factOf({ kind: "bounced", said }));
  return now >= addDays(joinedAt, count)
    ? signalFrom("unanswered_email", factOf({ kind: "unanswered", said, count }))
    : null;
}

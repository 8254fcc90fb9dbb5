import { groupedBy } from "@/lib/core/collections/grouped-by";
import { DAY_MS } from "@/lib/core/time";
import { type NewSignal, noteBursts } from "@/lib/fraud/commands";
import type { Crowd } from "@/lib/fraud/queries/bursts";
import { scoreOf, weightOf } from "@/lib/fraud/rules/score";
import { beginningSignals } from "@/lib/fraud/rules/signals";
import type { Beginning } from "@/lib/fraud/signals/signal";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { fraudRules } from "@/lib/terms/rules/fraud";
import type { Start } from "../../decide/starts";
import type { StoredEvent } from "../stored-event";

/** A referral that begins, and the event by which it does. */
type Begun = { event: StoredEvent; start: Start };

/** Whether somebody accepted an invitation on our own page. */
export function isClaimOnPage({ type, source }: Pick<StoredEvent, "type" | "source">): boolean {
  return type === "invite_claim" && source === "invite";
}

/**
 * Tells what is seen when referrals begin, whoever their people are, and holds them at once where
 * it is enough. What begins elsewhere at the same moment is counted by `raiseBursts`.
 * @param begun referrals that are not left to be written yet
 * @returns their signals, to be kept with them, and the kinds of those that are held, by referral
 */
export function beginSignals(
  tx: Tx,
  begun: readonly Begun[],
  crowds: readonly Crowd[],
): { signals: NewSignal[]; held: Map<string, string[]> } {
  const people = new Map(crowds.map(({ eventId, people }) => [eventId, people]));
  const held = new Map<string, string[]>();
  const all: NewSignal[] = [];
  const ofAdvocates = groupedBy(begun, ({ start }) => start.referral.advocateId);
  for (const one of begun) {
    const { referral, program } = one.start;
    const rules = fraudRules(program.terms);
    const beside = ofAdvocates.get(referral.advocateId)!;
    const signals = beginningSignals(factsOf(one, beside, people), rules).map((signal) => ({
      ...signal,
      referralId: referral.id,
      weight: weightOf(signal, rules),
      reached: "nothing" as const,
    }));
    if (signals.length === 0) continue;
    referral.score = scoreOf(signals.map(({ weight }) => weight));
    if (referral.score >= rules.holdFrom) {
      referral.reviewAt = scopeNow(tx);
      held.set(
        referral.id,
        signals.map(({ kind }) => kind),
      );
    }
    all.push(...signals);
  }
  noteBursts(
    tx,
    begun.flatMap(({ event, start }) => {
      const { advocateId, joinedAt: since } = start.referral;
      return [
        { kind: "advocate" as const, ref: advocateId, since },
        ...(people.has(event.id) ? [{ kind: "network" as const, ref: event.id, since }] : []),
      ];
    }),
  );
  return { signals: all, held };
}

/** @param ofAdvocate what begins for the same advocate in the same moment */
function factsOf(
  { event, start }: Begun,
  ofAdvocate: readonly Begun[],
  people: ReadonlyMap<string, number>,
): Beginning {
  const { joinedAt } = start.referral;
  const beside = ofAdvocate.filter(({ start: { referral } }) => {
    if (referral.id === start.referral.id) return false;
    const before = joinedAt.getTime() - referral.joinedAt.getTime();
    return before < DAY_MS && (before > 0 || (before === 0 && referral.id < start.referral.id));
  });
  return {
    claimed: isClaimOnPage(event) ? { hasVisitor: event.visitorId !== null } : null,
    peopleOfNetwork: people.get(event.id) ?? 0,
    friendsOfAdvocate: start.evidence.advocate.friendsADay + beside.length + 1,
  };
}

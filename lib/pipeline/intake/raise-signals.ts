import { groupedBy } from "@/lib/core/collections/grouped-by";
import { lockSharedOf, noteIdentities } from "@/lib/customers/commands";
import { type Acquainted, acquaintancesAround } from "@/lib/fraud/queries/acquaintances";
import { signalsOf } from "@/lib/fraud/rules/signals";
import type { Signal } from "@/lib/fraud/signals/signal";
import { inScope, type Scope, type Tx } from "@/lib/merchants/scope";
import { lockForReversal } from "@/lib/rewards/commands";
import { DEFAULT_FRAUD, type FraudRules, fraudRules } from "@/lib/terms/rules/fraud";
import type { StoredEvent } from "./stored-event";
import type { Decision } from "../decide/decision";
import { termsOfReferral } from "../read/terms-in-effect";
import { type Occasion, type Settled, settleSignal } from "./signals/settle-signal";

/** A referral that has just started, or was proven, by an event. */
type Begun = { referralId: string; friendId: string; event: StoredEvent };

/**
 * Looks for signs of fraud in referrals that have just started or were proven, and in those that
 * they may throw a new light on. Grave ones reject a referral; others have a member review it.
 * @returns why referrals were rejected of those that are given, by their ids
 */
export async function raiseSignals(tx: Tx, begun: readonly Begun[]): Promise<Map<string, string>> {
  if (begun.length === 0) return new Map();
  const occasions = new Map(begun.map(({ friendId, event }) => [friendId, event]));
  // Whoever learns about one of the friends' keys meanwhile waits, and then sees these referrals.
  await lockSharedOf(tx, ...occasions.keys());
  const settled = await settleAround(tx, occasions);
  const ids = new Set(begun.map(({ referralId }) => referralId));
  return new Map(
    settled.flatMap(({ referralId, rejectedFor }) =>
      rejectedFor !== null && ids.has(referralId) ? [[referralId, rejectedFor]] : [],
    ),
  );
}

/**
 * Looks again at every referral that concerns customers of whom something became known: that they
 * share an address, a number or a browser with others, or bought before others came as friends. To
 * be called with the customers' rows locked, before anything is granted.
 * @param occasions of each customer, by id
 * @returns what was decided, by the customer whom it was noticed with
 */
export async function settleSignals(
  tx: Tx,
  occasions: ReadonlyMap<string, Occasion>,
): Promise<Map<string, Decision[]>> {
  const customerIds = [...occasions.keys()];
  if (customerIds.length === 0) return new Map();
  const { merchantId } = tx;
  await tx.db.identityDue.deleteMany({ where: { merchantId, customerId: { in: customerIds } } });
  const settled = await settleAround(tx, occasions);
  const decided = [...groupedBy(settled, ({ aroundId }) => aroundId)];
  return new Map(decided.map(([aroundId, theirs]) => [aroundId, theirs.map(decisionOf)]));
}

function decisionOf({ referralId, friendId, aroundId, rejectedFor, kinds }: Around): Decision {
  const about = friendId === aroundId ? { referralId } : { otherReferralId: referralId };
  return rejectedFor
    ? {
        ...about,
        code: "referral_rejected",
        message: "What became known rejects a referral.",
        reason: rejectedFor,
      }
    : {
        ...about,
        code: "referral_to_review",
        message: "What became known has a referral reviewed.",
        reason: kinds.join(", "),
      };
}

/**
 * The same in a transaction of its own, for what became known outside of an event.
 * @returns whether anything was noted
 */
export async function settleNotedSignals(scope: Scope, customerId: string): Promise<boolean> {
  return inScope(scope, async (tx) => {
    await tx.lock.customers(customerId);
    const where = { merchantId: tx.merchantId, customerId };
    if ((await tx.db.identityDue.count({ where })) === 0) return false;
    await settleSignals(tx, new Map([[customerId, null]]));
    return true;
  });
}

/** Draws the consequence of something that a merge of two records shows of a referral. */
export async function settleKnown(
  tx: Tx,
  referralId: string,
  signal: Signal,
): Promise<Settled | null> {
  return settleSignal(tx, referralId, { signals: [signal], rules: DEFAULT_FRAUD, occasion: null });
}

/** What was settled, and the customer around whom it was noticed. */
type Around = Settled & { aroundId: string };

/** A referral, and what is noticed of it. */
type Noticed = { acquainted: Acquainted; signals: Signal[]; rules: FraudRules };

async function settleAround(tx: Tx, occasions: ReadonlyMap<string, Occasion>): Promise<Around[]> {
  const noticed: Noticed[] = [];
  // In the order of their ids, as everything that locks several referrals of different people.
  for (const acquainted of await acquaintancesAround(tx, [...occasions.keys()])) {
    const terms = await termsOfReferral(tx, acquainted);
    const signals = signalsOf({ ...acquainted, newCustomersOnly: terms.newCustomersOnly });
    if (signals.length > 0) noticed.push({ acquainted, signals, rules: fraudRules(terms) });
  }
  const { now, later } = sorted(noticed);
  noteIdentities(
    tx,
    later.map(({ friendId }) => friendId),
  );
  await tx.lock.referrals(...now.map(({ acquainted }) => acquainted.referralId));
  await lockForReversal(
    tx,
    now.filter(({ signals }) => isGrave(signals)).map(({ acquainted }) => acquainted.referralId),
  );
  const settled: Around[] = [];
  for (const { acquainted, signals, rules } of now) {
    const { referralId, aroundId } = acquainted;
    const occasion = occasions.get(aroundId)!;
    const one = await settleSignal(tx, referralId, { signals, rules, occasion });
    if (one) settled.push({ ...one, aroundId });
  }
  return settled;
}

/**
 * Others' claims that are to give way are settled a moment later, each in a transaction of its own:
 * what was lent to their friends is locked before anything that is granted now. One is left so
 * once: what it was told of is kept with it.
 */
function sorted(noticed: readonly Noticed[]): { now: Noticed[]; later: Acquainted[] } {
  const isLater = ({ acquainted, signals }: Noticed) =>
    acquainted.isClaim && acquainted.friendId !== acquainted.aroundId && isGrave(signals);
  return {
    now: noticed.filter((one) => !isLater(one)),
    later: noticed.flatMap(({ acquainted, ...one }) =>
      isLater({ acquainted, ...one }) && !acquainted.isTold ? [acquainted] : [],
    ),
  };
}

function isGrave(signals: readonly Signal[]): boolean {
  return signals.some(({ severity }) => severity === "block");
}

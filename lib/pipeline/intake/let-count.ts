import { addDays } from "@/lib/core/time";
import { browserGoal } from "@/lib/fraud/signals/browser-goal";
import { may } from "@/lib/merchants/rules/provenance";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { fraudRules } from "@/lib/terms/rules/fraud";
import type { Decision } from "../decide/decision";
import type { Shop } from "../read/shop";
import { termsOfReferral } from "../read/terms-in-effect";
import { settleSignal } from "./signals/settle-signal";
import type { StoredEvent } from "./stored-event";

/** An event as it counts, and why. */
type Counted = { event: StoredEvent; decisions: Decision[] };

/** Whether an event may count by the shop's own word although a browser sent it. */
export function mayBeAllowed(event: StoredEvent, { allowed }: Pick<Shop, "allowed">): boolean {
  return event.provenance === "browser" && !may(event, "qualify") && allowed.includes(event.type);
}

/**
 * Has a browser's event count as a goal where the shop lets its type, within the day's limit of
 * each program in which its customer is somebody's friend; a day counts one of a type for one
 * person. Those referrals wait for staff from now on. To be called before anything is decided, with
 * the customer and their referrals locked.
 */
export async function letCount(
  tx: Tx,
  event: StoredEvent,
  customerId: string,
  shop: Pick<Shop, "allowed" | "programs">,
): Promise<Counted> {
  const unchanged = { event, decisions: [] };
  if (!mayBeAllowed(event, shop)) return unchanged;
  const { type } = event;
  const { merchantId } = tx;
  const referrals = await concernedBy(tx, type, customerId, shop);
  if (referrals.length === 0) return unchanged;
  // Whoever counts the same type waits; what the shop lets count is read after the lock.
  await tx.lock.allowedEvents(type);
  const rule = await tx.db.allowedEvent.findUnique({
    where: { merchantId_type: { merchantId, type } },
  });
  if (!rule) return unchanged;
  const programIds = [...new Set(referrals.map(({ programId }) => programId))].sort();
  const refusal = await refusalOf(tx, { type, customerId, programIds, perDay: rule.perDay });
  if (refusal) return { event, decisions: [refusal] };
  await tx.db.browserGoal.createMany({
    data: programIds.map((programId) => ({
      merchantId,
      programId,
      eventId: event.id,
      type,
      customerId,
      at: scopeNow(tx),
    })),
  });
  for (const referral of referrals) await haveReviewed(tx, referral, event);
  return { event: { ...event, isAllowed: true }, decisions: [COUNTS] };
}

const COUNTS: Decision = {
  code: "event_allowed",
  message: "A web page sent this. Your shop lets it count; what it earns waits for a review.",
};

/** A referral that an event could move. */
type Concerned = { id: string; programId: string; programVersion: number; arm: string | null };

/** The customer's referrals as a friend that such an event could move. */
async function concernedBy(
  { db, merchantId }: Tx,
  type: string,
  customerId: string,
  { programs }: Pick<Shop, "programs">,
): Promise<Concerned[]> {
  const awaiting = [...programs.values()].filter(({ goals }) => goals.includes(type));
  if (awaiting.length === 0) return [];
  return db.referral.findMany({
    where: {
      merchantId,
      friendId: customerId,
      programId: { in: awaiting.map(({ id }) => id) },
      state: { in: ["joined", "qualified", "rewarded"] },
    },
    orderBy: [{ programId: "asc" }, { id: "asc" }],
    select: { id: true, programId: true, programVersion: true, arm: true },
  });
}

type Asked = { type: string; customerId: string; programIds: string[]; perDay: number };

async function refusalOf(
  tx: Tx,
  { type, customerId, programIds, perDay }: Asked,
): Promise<Decision | null> {
  const counted = await tx.db.browserGoal.findMany({
    where: {
      merchantId: tx.merchantId,
      programId: { in: programIds },
      type,
      at: { gt: addDays(scopeNow(tx), -1) },
    },
    select: { programId: true, customerId: true },
  });
  const code = "event_over_limit";
  if (counted.some((one) => one.customerId === customerId))
    return { code, message: "A web page sent one of these for this customer within a day." };
  const isFull = (programId: string) =>
    counted.filter((one) => one.programId === programId).length >= perDay;
  const programId = programIds.find(isFull);
  if (programId === undefined) return null;
  return { code, message: "Web pages sent as many of these as count in a day.", programId };
}

/** Staff look at it, whatever the signal counts for and whoever approved it before. */
async function haveReviewed(tx: Tx, referral: Concerned, occasion: StoredEvent): Promise<void> {
  const signals = [browserGoal(occasion.type)];
  const rules = fraudRules(await termsOfReferral(tx, referral));
  await settleSignal(tx, referral.id, { signals, rules, occasion });
  await tx.db.$executeRaw`
    UPDATE referral SET by_browser = true, review_at = COALESCE(review_at, ${scopeNow(tx)})
    WHERE merchant_id = ${tx.merchantId} AND id = ${referral.id}`;
}

import { moneyText } from "@/components/ui/format";
import type { Asset } from "@/lib/core/money";
import { MOST_COUNTED, type Waiting, type WaitingItem, type WaitingKind } from "@/lib/desk/schema";
import type { AdminPaths } from "@/lib/merchants/paths";

type Words = {
  /** One of them, and many: "question to answer". */
  one: string;
  many: string;
  /** Where all of them are. */
  list: (admin: AdminPaths) => string;
  /** Where one of them is dealt with. */
  place: (admin: AdminPaths, item: WaitingItem) => string;
  /** What is said of one beside who it is about. */
  detail: (item: WaitingItem, asset: Asset) => string | null;
};

const what = ({ what }: WaitingItem) => what;

/** How each kind of waiting work is named, and where it is dealt with. */
export const WAITING_WORDS: Record<WaitingKind, Words> = {
  ledger: {
    one: "ledger balance is off",
    many: "ledger balances are off",
    list: (admin) => admin.ledger,
    place: (admin) => admin.ledger,
    detail: what,
  },
  event: {
    one: "event failed",
    many: "events failed",
    list: (admin) => admin.eventsSetAside,
    place: (admin, { id }) => admin.event(id),
    detail: what,
  },
  key: {
    one: "ID or email to confirm",
    many: "IDs or emails to confirm",
    list: (admin) => admin.doubtedKeys,
    place: (admin) => admin.doubtedKeys,
    detail: ({ what }) => what && `may not be theirs: ${what}`,
  },
  question: {
    one: "question to answer",
    many: "questions to answer",
    list: (admin) => admin.reviews,
    place: (admin, { id }) => `${admin.reviews}?search=${encodeURIComponent(id)}`,
    detail: ({ what }) => what && `“${what}”`,
  },
  nomination: {
    one: "answer to “Who told you?”",
    many: "answers to “Who told you?”",
    list: (admin) => admin.nominations,
    place: (admin, { who }) => `${admin.nominations}?search=${encodeURIComponent(who ?? "")}`,
    detail: ({ what }) => what && `named “${what}”`,
  },
  review: {
    one: "referral to review",
    many: "referrals to review",
    list: (admin) => `${admin.referrals}?review=true`,
    place: (admin, { id }) => admin.referral(id),
    detail: ({ what }) => what && `invited by ${what}`,
  },
  delivery: {
    one: "reward to deliver",
    many: "rewards to deliver",
    list: (admin) => admin.rewardTasks,
    place: (admin, { id }) => admin.reward(id),
    detail: what,
  },
  payable: {
    one: "cash reward to pay",
    many: "cash rewards to pay",
    list: (admin) => admin.newPayout,
    place: (admin, { id }) => admin.reward(id),
    detail: ({ what }, asset) => what && moneyText({ minor: what, asset }, "en"),
  },
  payout: {
    one: "payout to confirm",
    many: "payouts to confirm",
    list: (admin) => admin.payouts,
    place: (admin, { id }) => admin.payout(id),
    detail: () => "Mark it as paid once your bank has sent it",
  },
  pool: {
    one: "coupon pool is running low",
    many: "coupon pools are running low",
    list: (admin) => admin.couponPools,
    place: (admin, { id }) => admin.couponPool(id),
    detail: ({ what }) => (what === "0" ? "no codes left" : `${what} codes left`),
  },
  email: {
    one: "email could not be sent",
    many: "emails could not be sent",
    list: (admin) => `${admin.outbox}?state=failed`,
    place: (admin, { id }) => admin.email(id),
    detail: what,
  },
  held_email: {
    one: "email held back by a limit",
    many: "emails held back by a limit",
    list: (admin) => `${admin.outbox}?state=held`,
    place: (admin, { id }) => admin.email(id),
    detail: what,
  },
};

/** "3 questions to answer"; "100+ rewards to deliver". */
export function waitingText({ kind, count }: Pick<Waiting, "kind" | "count">): string {
  const { one, many } = WAITING_WORDS[kind];
  return `${countText(count)} ${count === 1 ? one : many}`;
}

/** A count that may have been cut: "7", "100+". */
export function countText(count: number): string {
  return count < MOST_COUNTED ? String(count) : `${MOST_COUNTED}+`;
}

/** How much waits in all. */
export function waitingTotal(work: readonly Waiting[]): number {
  return work.reduce((sum, { count }) => sum + count, 0);
}

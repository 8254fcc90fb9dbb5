import { HOUR_MS } from "@/lib/core/time";
import { ALWAYS_SENT, type HeldReason, type TemplateName } from "../schema";

/**
 * The time over which emails are counted; and how long after an email about a friend further
 * friends wait, to be told of together.
 */
export const WINDOW_MS = 24 * HOUR_MS;
/** How many emails one person gets from one shop in that time. */
const MOST_OF_RECIPIENT = 30;

/** An email that is due, before it is decided whether it goes. */
export type DueEmail = {
  id: string;
  template: TemplateName;
  customerId: string | null;
  recipient: string;
  /** What a digest can say of it; null of what it cannot. */
  news: { programSlug: string; friendName: string } | null;
};

/** What went within the window. */
export type Lately = {
  /** Emails by recipient, and of the shop in all. */
  recipients: ReadonlyMap<string, number>;
  shop: number;
  /** When somebody was last told of friends who joined, by customer. */
  toldOfFriends: ReadonlyMap<string, Date>;
};

export type Sorted = {
  /** Those that go; the first of a digest's emails stands for the digest. */
  go: string[];
  held: { id: string; reason: HeldReason }[];
  /** Emails that wait for the next digest. */
  waiting: { id: string; until: Date }[];
  /** Those that one email says together, oldest first, and whether that is held. */
  digests: { emails: DueEmail[]; reason: HeldReason | null }[];
};

/**
 * Decides what becomes of emails that are due: the first friend who joins is told of at once,
 * further ones together; what is beyond a limit is held, not lost. A link that was asked for has
 * limits of its own, where it is asked for, and always goes: others' emails must lock nobody out.
 * @param due oldest first
 * @param mostOfShop how many the shop may send within the window
 */
export function sortEmails(
  due: readonly DueEmail[],
  lately: Lately,
  { mostOfShop }: { mostOfShop: number },
): Sorted {
  const sorted: Sorted = { go: [], held: [], waiting: [], digests: [] };
  const counts = { shop: lately.shop, recipients: new Map(lately.recipients) };
  const admit = (recipient: string): HeldReason | null => {
    const theirs = counts.recipients.get(recipient) ?? 0;
    if (theirs >= MOST_OF_RECIPIENT) return "recipient";
    if (counts.shop >= mostOfShop) return "shop";
    counts.recipients.set(recipient, theirs + 1);
    counts.shop += 1;
    return null;
  };
  for (const emails of groupsOf(due)) {
    const [email] = emails as [DueEmail];
    const told = email.news && email.customerId ? lately.toldOfFriends.get(email.customerId) : null;
    if (told) {
      const until = new Date(told.getTime() + WINDOW_MS);
      for (const { id } of emails) sorted.waiting.push({ id, until });
      continue;
    }
    const reason = ALWAYS_SENT.includes(email.template) ? null : admit(email.recipient);
    if (emails.length > 1) sorted.digests.push({ emails, reason });
    else if (reason) sorted.held.push({ id: email.id, reason });
    else sorted.go.push(email.id);
  }
  return sorted;
}

/** Emails that one could say together, the rest alone; in the order of the first of each. */
function groupsOf(due: readonly DueEmail[]): DueEmail[][] {
  const groups = new Map<string, DueEmail[]>();
  for (const email of due) {
    const { id, news, customerId, recipient } = email;
    const key = news ? JSON.stringify([customerId, recipient, news.programSlug]) : id;
    const group = groups.get(key);
    if (group) group.push(email);
    else groups.set(key, [email]);
  }
  return [...groups.values()];
}

import { Prisma } from "@/lib/core/db";
import { environment } from "@/lib/core/env";
import { newId } from "@/lib/core/id";
import { readTogether } from "@/lib/core/statements/query";
import { systemNow } from "@/lib/core/time";
import { inScope, type Scope, scopeNow, type Tx } from "@/lib/merchants/scope";
import { type DueEmail, type Lately, sortEmails, WINDOW_MS } from "../rules/sorting";
import { ALWAYS_SENT, type HeldReason, type TemplateName } from "../schema";
import type { FrozenContent } from "../templates/stored";

/** How many are sorted at a time. */
const BATCH = 500;
/** How many friends a digest names. */
const MOST_NAMED = 10;

type Due = DueEmail & { locale: string; content: FrozenContent | null };

/**
 * Decides what becomes of a shop's due emails, see `sortEmails`; each is sorted once. One process
 * at a time does it for a shop, so that together they keep its limits.
 */
export async function sortDue(scope: Scope): Promise<void> {
  await inScope(scope, async (tx) => {
    await tx.lock.alone("outbox");
    const now = systemNow();
    const due = await dueEmails(tx, now);
    if (due.length === 0) return;
    const lately = await sentLately(tx, due, now);
    const sorted = sortEmails(due, lately, { mostOfShop: environment().EMAILS_PER_DAY });
    await setSorted(tx, sorted.go, { state: "queued", sortedAt: now });
    for (const reason of ["recipient", "shop"] as const) {
      const ids = sorted.held.filter((one) => one.reason === reason).map(({ id }) => id);
      await setSorted(tx, ids, { state: "held", heldReason: reason, sortedAt: now });
    }
    for (const { id, until } of sorted.waiting) await setSorted(tx, [id], { nextTryAt: until });
    const byId = new Map(due.map((email) => [email.id, email]));
    for (const { emails, reason } of sorted.digests)
      await writeDigest(
        tx,
        emails.map(({ id }) => byId.get(id)!),
        { reason, now },
      );
  });
}

async function setSorted(
  { db, merchantId }: Tx,
  ids: readonly string[],
  data: Prisma.MessageUpdateManyMutationInput,
): Promise<void> {
  if (ids.length > 0)
    await db.message.updateMany({ where: { merchantId, id: { in: [...ids] } }, data });
}

async function dueEmails({ db, merchantId }: Tx, now: Date): Promise<Due[]> {
  const rows = await db.message.findMany({
    where: { merchantId, state: "queued", sortedAt: null, nextTryAt: { lte: now } },
    select: {
      id: true,
      template: true,
      customerId: true,
      recipient: true,
      locale: true,
      content: true,
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    take: BATCH,
  });
  return rows.map((row) => {
    const content = row.content as FrozenContent | null;
    return {
      ...row,
      template: row.template as TemplateName,
      content,
      news: newsOf(row.template, content),
    };
  });
}

function newsOf(template: string, content: FrozenContent | null): DueEmail["news"] {
  if (template !== "friend_joined" || content === null) return null;
  const { programSlug, friendName } = (content as FrozenContent<"friend_joined">).data;
  return { programSlug, friendName };
}

async function sentLately({ db, merchantId }: Tx, due: readonly Due[], now: Date): Promise<Lately> {
  const recipients = [...new Set(due.map(({ recipient }) => recipient))];
  const went = Prisma.sql`m.merchant_id = ${merchantId}
    AND m.sorted_at > ${new Date(now.getTime() - WINDOW_MS)}
    AND m.state NOT IN ('held', 'gathered') AND m.template <> ALL(${[...ALWAYS_SENT]})`;
  const toThem = Prisma.sql`m.recipient = ANY(${recipients}::text[])`;
  const read = await readTogether(db, {
    recipients: {
      sql: Prisma.sql`
        SELECT m.recipient, count(*)::int AS count FROM message m
        WHERE ${went} AND ${toThem} GROUP BY m.recipient`,
      row: (row: { recipient: string; count: number }) => [row.recipient, row.count] as const,
    },
    shop: {
      sql: Prisma.sql`SELECT count(*)::int AS count FROM message m WHERE ${went}`,
      row: (row: { count: number }) => row.count,
    },
    toldOfFriends: {
      sql: Prisma.sql`
        SELECT m.customer_id AS id, max(m.sorted_at) AS at FROM message m
        WHERE ${went} AND ${toThem} AND m.customer_id IS NOT NULL
          AND m.template IN ('friend_joined', 'friends_joined')
        GROUP BY m.customer_id`,
      row: (row: { id: string; at: string }) => [row.id, new Date(row.at)] as const,
    },
  });
  return {
    recipients: new Map(read.recipients),
    shop: read.shop[0] ?? 0,
    toldOfFriends: new Map(read.toldOfFriends),
  };
}

/** One email that says what several would have said, in the words of the latest. */
async function writeDigest(
  tx: Tx,
  emails: readonly Due[],
  { reason, now }: { reason: HeldReason | null; now: Date },
): Promise<void> {
  const latest = emails.at(-1)!;
  const content = latest.content as FrozenContent<"friend_joined">;
  const { programName, programSlug } = content.data;
  const friends = emails.flatMap(({ news }) => news?.friendName ?? []).slice(0, MOST_NAMED);
  const digest: FrozenContent<"friends_joined"> = {
    ...content,
    data: { programName, programSlug, friends, count: emails.length },
  };
  const id = newId("msg");
  await tx.db.message.create({
    data: {
      merchantId: tx.merchantId,
      id,
      causeKey: `friends_joined:${emails[0]!.id}`,
      template: "friends_joined",
      customerId: latest.customerId,
      recipient: latest.recipient,
      locale: latest.locale,
      content: digest,
      state: reason ? "held" : "queued",
      heldReason: reason,
      sortedAt: now,
      createdAt: scopeNow(tx),
      nextTryAt: now,
    },
  });
  await setSorted(
    tx,
    emails.map((email) => email.id),
    { state: "gathered", digestId: id, sortedAt: now },
  );
}

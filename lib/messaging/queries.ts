import type { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { contains } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { type MessageFilter, type MessageState, PROGRAM_EMAIL, type TemplateName } from "./schema";

export type MessageRow = {
  id: string;
  template: TemplateName;
  customerId: string | null;
  recipient: string;
  locale: string;
  subject: string;
  state: MessageState;
  attempts: number;
  lastError: string | null;
  createdAt: Date;
  sentAt: Date | null;
};

export type MessageBody = MessageRow & { text: string; html: string; nextTryAt: Date };

const ROW = {
  id: true,
  template: true,
  customerId: true,
  recipient: true,
  locale: true,
  subject: true,
  state: true,
  attempts: true,
  lastError: true,
  createdAt: true,
  sentAt: true,
} as const;

/** The outbox, newest first. */
export async function listMessages(scope: Scope, filter: MessageFilter): Promise<Page<MessageRow>> {
  requirePermission(scope, "outbox.read");
  const where: Prisma.MessageWhereInput = { merchantId: scope.merchantId };
  if (filter.template) where.template = filter.template;
  if (filter.state) where.state = filter.state;
  if (filter.recipient) where.recipient = contains(filter.recipient);
  if (filter.cursor) {
    const { at: createdAt, id } = decodeTimeCursor(filter.cursor);
    where.OR = [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }];
  }
  return inScope(scope, async (db) => {
    const rows = await db.message.findMany({
      where,
      select: ROW,
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: filter.limit + 1,
    });
    return toPage(rows as MessageRow[], filter.limit, (row) => [
      row.createdAt.toISOString(),
      row.id,
    ]);
  });
}

/**
 * One email with its text and HTML. The HTML is to be shown in a sandboxed frame. @throws
 * DomainError not_found
 */
export async function messageById(scope: Scope, id: string): Promise<MessageBody> {
  requirePermission(scope, "outbox.read");
  const row = await inScope(scope, (db) =>
    db.message.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id } },
      select: { ...ROW, text: true, html: true, nextTryAt: true },
    }),
  );
  if (!row) throw notFound("message");
  return row as MessageBody;
}

/** The emails that stand under these keys, oldest first: those about one referral, one reward. */
export async function messagesByCause(
  scope: Scope,
  causeKeys: readonly string[],
): Promise<MessageRow[]> {
  requirePermission(scope, "outbox.read");
  const rows = await inScope(scope, (db) =>
    db.message.findMany({
      where: { merchantId: scope.merchantId, causeKey: { in: [...causeKeys] } },
      select: ROW,
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
  );
  return rows as MessageRow[];
}

/** How many emails stand in each state. */
export async function messageCounts(scope: Scope): Promise<Record<MessageState, number>> {
  requirePermission(scope, "outbox.read");
  const groups = await inScope(scope, (db) =>
    db.message.groupBy({
      by: ["state"],
      where: { merchantId: scope.merchantId },
      _count: { _all: true },
    }),
  );
  const count = (state: MessageState) =>
    groups.find((group) => group.state === state)?._count._all ?? 0;
  return {
    queued: count("queued"),
    kept: count("kept"),
    sent: count("sent"),
    failed: count("failed"),
  };
}

/**
 * Whether email about programs is sent to someone. The latest word counts; who never said anything
 * is written to.
 */
export async function wantsProgramEmail(scope: Scope, customerId: string): Promise<boolean> {
  const latest = await inScope(scope, (db) =>
    db.consent.findFirst({
      where: { merchantId: scope.merchantId, customerId, purpose: PROGRAM_EMAIL },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      select: { granted: true },
    }),
  );
  return latest?.granted ?? true;
}

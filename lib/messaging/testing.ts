import type { Prisma } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { wordsOf } from "./templates/stored";

/** A shop's emails with their words, oldest first. */
export async function testEmails(scope: Scope, where: Prisma.MessageWhereInput = {}) {
  const rows = await inScope(scope, ({ db, merchantId }) =>
    db.message.findMany({ where: { ...where, merchantId }, orderBy: { id: "asc" } }),
  );
  return rows.map(({ content, ...row }) => ({ ...row, ...wordsOf({ ...row, content }) }));
}

/** The words of an email, but for what differs from one writing to the next. */
export function lastingWords(email: Awaited<ReturnType<typeof testEmails>>[number]) {
  const { id: _id, createdAt: _at, nextTryAt: _next, text, html, ...rest } = email;
  const lasting = (words: string) => words.replaceAll(/\/unsubscribe\/[\w-]+/g, "/unsubscribe/…");
  return { ...rest, text: lasting(text), html: lasting(html) };
}

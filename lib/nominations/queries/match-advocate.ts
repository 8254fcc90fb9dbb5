import { readShareCode } from "@/lib/core/values/code";
import type { Db } from "@/lib/core/db";
import { readEmail } from "@/lib/core/values/email";

/**
 * The advocate of a program whom a friend means: by code, by email address, or by a name that only
 * one advocate has.
 * @returns null when nobody fits, or more than one does
 */
export async function matchAdvocate(
  db: Db,
  merchantId: string,
  programId: string,
  said: string,
): Promise<string | null> {
  const code = readShareCode(said);
  const named = code && (await advocateByCode(db, merchantId, code));
  if (named && named.programId === programId) return named.advocateId;
  if (said.includes("@")) {
    const email = readEmail(said);
    if (email === null) return null;
    const customer = await db.customer.findUnique({
      where: { merchantId_email: { merchantId, email } },
      select: { advocates: { where: { programId }, select: { id: true } } },
    });
    return customer?.advocates[0]?.id ?? null;
  }
  const namesakes = await db.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM customer c
    JOIN advocate a ON a.merchant_id = c.merchant_id AND a.customer_id = c.id
      AND a.program_id = ${programId}
    WHERE c.merchant_id = ${merchantId} AND c.search_name = lower(${said}) LIMIT 2`;
  return namesakes.length === 1 ? namesakes[0]!.id : null;
}

function advocateByCode(db: Db, merchantId: string, code: string) {
  return db.shareCode.findUnique({
    where: { merchantId_code: { merchantId, code } },
    select: { advocateId: true, programId: true },
  });
}

/** Whether a customer is this advocate. */
export async function isAdvocate(
  db: Db,
  merchantId: string,
  advocateId: string,
  customerId: string,
): Promise<boolean> {
  const advocate = await db.advocate.findUnique({
    where: { merchantId_id: { merchantId, id: advocateId } },
    select: { customerId: true },
  });
  return advocate?.customerId === customerId;
}

import type { Db } from "@/lib/core/db";

/**
 * The advocate of a program whom a friend means: by code, by address, else by a name that only one
 * advocate has.
 * @returns null when nobody fits, or more than one does
 */
export async function matchAdvocate(
  db: Db,
  merchantId: string,
  programId: string,
  said: string,
): Promise<string | null> {
  const code = await db.shareCode.findUnique({
    where: { merchantId_code: { merchantId, code: said.toUpperCase() } },
    select: { advocateId: true, programId: true },
  });
  if (code?.programId === programId) return code.advocateId;
  if (said.includes("@")) {
    const customer = await db.customer.findUnique({
      where: { merchantId_email: { merchantId, email: said.toLowerCase() } },
      select: { advocates: { where: { programId }, select: { id: true } } },
    });
    return customer?.advocates[0]?.id ?? null;
  }
  const named = await db.$queryRaw<{ id: string }[]>`
    SELECT a.id FROM customer c JOIN advocate a ON a.merchant_id = c.merchant_id AND a.customer_id = c.id AND a.program_id = ${programId}
    WHERE c.merchant_id = ${merchantId} AND c.search_name = lower(${said}) LIMIT 2`;
  return named.length === 1 ? named[0]!.id : null;
}

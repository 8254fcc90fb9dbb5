import type { Db } from "@/lib/core/db";
import { inScope, type Scope } from "@/lib/merchants/scope";

type Scoped = Scope & { db: Db };

/** An advocate as the rules about their own actions see them. */
export type LoadedAdvocate = {
  id: string;
  programId: string;
  customerId: string;
  joinedAt: Date;
  qualifiedCount: number;
};

/**
 * Runs `work` for an advocate with their customer's row locked, as everything that rewards their
 * own actions does.
 */
export async function withAdvocate<T>(
  scope: Scope,
  advocateId: string,
  work: (scope: Scoped, advocate: LoadedAdvocate) => Promise<T>,
): Promise<T> {
  return inScope(scope, async (db, scope) => {
    const { merchantId } = scope;
    await db.$queryRaw`
      SELECT 1 FROM customer WHERE merchant_id = ${merchantId}
        AND id = (
          SELECT customer_id FROM advocate
          WHERE merchant_id = ${merchantId} AND id = ${advocateId}
        ) FOR NO KEY UPDATE`;
    const advocate = await db.advocate.findUniqueOrThrow({
      where: { merchantId_id: { merchantId, id: advocateId } },
      select: { id: true, programId: true, customerId: true, joinedAt: true, qualifiedCount: true },
    });
    return work(scope, advocate);
  });
}

import type { Tx } from "@/lib/merchants/scope";
import { readPeople } from "../../read/people";
import type { Needs } from "./needs";
import type { Reading } from "./reading";

/** Adds what conditions ask of people, and their tiers. */
export async function addPeople(
  tx: Tx,
  reading: Reading,
  { asked }: Needs,
  ids: readonly string[],
): Promise<void> {
  for (const [id, person] of await readPeople(tx, asked, ids)) reading.people.set(id, person);
  const tiers = await tx.db.customerTier.findMany({
    where: { merchantId: tx.merchantId, customerId: { in: [...ids] } },
    select: { customerId: true, tier: { select: { name: true, pointsMultiplierBp: true } } },
  });
  for (const { customerId, tier } of tiers) reading.tiers.set(customerId, tier);
}

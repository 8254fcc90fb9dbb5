import { type Db, prismaFor } from "@/lib/core/db";

/**
 * The hash of a user's password, which no role of ours may read in bulk; null for who has none and
 * for nobody.
 */
export async function passwordHashOf(
  userId: string,
  db: Db = prismaFor("goodword_app"),
): Promise<string | null> {
  const [{ hash }] = await db.$queryRaw<[{ hash: string | null }]>`
    SELECT goodword_password_hash(${userId}) AS hash`;
  return hash;
}

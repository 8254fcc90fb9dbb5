import type { Db } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";

type Acting = { merchantId: string; actor: { kind: string; id: string; role?: string } };

/**
 * Reads a member's role again, in the transaction in which they act; of others, nothing.
 * @throws DomainError forbidden unless it is the one that their scope was minted with
 */
export async function requireSameRole(db: Db, { actor, merchantId }: Acting): Promise<void> {
  if (actor.kind !== "member") return;
  const [{ role }] = await db.$queryRaw<[{ role: string | null }]>`
    SELECT goodword_role_of(${merchantId}, ${actor.id}) AS role`;
  if (role === actor.role) return;
  throw new DomainError(
    "forbidden",
    role === null
      ? "You are no longer on the team of this shop."
      : "Your role was changed meanwhile. Reload the page.",
  );
}

import type { z } from "zod";
import { DomainError, notFound } from "@/lib/core/errors";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { publishedProgram } from "@/lib/programs/queries";
import { isAdvocate } from "../queries/match-advocate";
import type { confirmNominationSchema, NominationState } from "../schema";
import { acceptNomination } from "./accept-nomination";
import { lockNomination, updateNomination } from "./update-nomination";

/**
 * Stores an advocate's yes or no to a friend who named them. A yes counts at once where the program
 * says so; otherwise a member decides.
 * @throws DomainError not_found for a nomination of someone else; conflict when it is answered
 */
export async function confirmNomination(
  scope: Scope,
  customerId: string,
  { nominationId, answer }: z.infer<typeof confirmNominationSchema>,
): Promise<{ state: NominationState }> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const nomination = await lockNomination(tx, nominationId);
    if (
      !nomination.advocateId ||
      !(await isAdvocate(tx.db, merchantId, nomination.advocateId, customerId))
    )
      throw notFound("question");
    if (nomination.state !== "asked")
      throw new DomainError("conflict", "You have already answered this.");
    const now = scopeNow(tx);
    if (answer === "no")
      return updateNomination(tx, nomination.id, {
        state: "declined",
        confirmedAt: now,
      });
    await updateNomination(tx, nomination.id, { state: "waiting", confirmedAt: now });
    const program = await publishedProgram(tx, nomination.programId);
    return program?.terms.nominations === "advocate"
      ? acceptNomination(tx, nomination, nomination.advocateId)
      : { state: "waiting" };
  });
}

import { DomainError, notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { inScope, type Scope, scopeNow } from "@/lib/merchants/scope";
import { publishedProgram } from "@/lib/programs/queries";
import { isAdvocate, matchAdvocate } from "../queries/match-advocate";
import { nominationQuestion } from "../queries/nominations";
import type { Nominate, NominationState } from "../schema";
import { askAdvocate } from "./ask-advocate";

/**
 * Stores whom a friend names after the purchase, once, and asks that advocate. The friend sees the
 * same whether an advocate was found or not: a name or an email address tells nobody who is a
 * customer. Where none was found, a member decides.
 * @throws DomainError not_found for the program; conflict where the program does not ask, or not
 * this customer; invalid_request for someone else's order or for oneself
 */
export async function nominate(
  scope: Scope,
  { programId, friendId, said, orderId }: Nominate & { programId: string; friendId: string },
): Promise<{ nominationId: string; state: NominationState }> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const program = await publishedProgram(tx, programId);
    if (!program) throw notFound("program");
    // Of two answers at the same time, the second waits here.
    await tx.lock.customers(friendId);
    const question = await nominationQuestion(tx, {
      programId,
      customerId: friendId,
      terms: program.terms,
    });
    if (question.kind === "said")
      throw new DomainError("conflict", "You have already told us. Thank you.");
    if (question.kind === "none" || !program.openness.open)
      throw new DomainError("conflict", "This program does not ask who told you.");
    const about = orderId ?? question.orderId;
    const order = await tx.db.order.findUnique({
      where: { merchantId_id: { merchantId, id: about } },
      select: { customerId: true },
    });
    if (order?.customerId !== friendId)
      throw new DomainError("invalid_request", "This order is not yours.", "orderId");
    const advocateId = await matchAdvocate(tx.db, merchantId, programId, said);
    if (advocateId && (await isAdvocate(tx.db, merchantId, advocateId, friendId))) {
      throw new DomainError("invalid_request", "You cannot name yourself.", "said");
    }
    const state: NominationState = advocateId ? "asked" : "unmatched";
    const id = newId("nom");
    await tx.db.nomination.create({
      data: {
        merchantId,
        id,
        programId,
        friendId,
        said,
        orderId: about,
        advocateId,
        state,
        at: scopeNow(tx),
      },
    });
    if (advocateId) await askAdvocate(tx, id);
    return { nominationId: id, state };
  });
}

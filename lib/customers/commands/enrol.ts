import { DomainError } from "@/lib/core/errors";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { findProgram } from "@/lib/programs/queries";
import { keysOf } from "../queries/customer-record";
import { joinProgram } from "./join-program";
import { upsertCustomer } from "./upsert";

type Enrolment = {
  /** The merchant's own id, or ours. */
  id?: string;
  email?: string;
  name?: string;
  locale?: string;
  traits?: Record<string, unknown>;
  /** Id or slug of a program to join them to. */
  program?: string;
  /** When they joined, for imported history; no welcome email is sent then. */
  joinedAt?: string;
};

/**
 * Creates or updates a customer and, given a program, makes them an advocate of it. Repeating it,
 * even many times at once, changes nothing more. Identifiers that other customers share are noted,
 * and so is a second record that the request names (see `upsertCustomer`).
 * @throws DomainError not_found for the program; conflict if it accepts no new members;
 * invalid_request
 */
export async function enrolCustomer(
  scope: Scope,
  input: Enrolment,
): Promise<{
  customerId: string;
  created: boolean;
  programId: string | null;
  isNoted: boolean;
  alsoNamed: string | null;
}> {
  requirePermission(scope, "event.enter");
  const now = scopeNow(scope);
  const joinedAt = input.joinedAt === undefined ? null : new Date(input.joinedAt);
  if (joinedAt && joinedAt > now)
    throw new DomainError("invalid_request", "joinedAt is in the future.", "joinedAt");
  return inScope(scope, async (tx) => {
    const program = input.program === undefined ? null : await findProgram(tx, input.program);
    const { name, locale, traits } = input;
    const { customer, created, isNoted, alsoNamed } = await upsertCustomer(tx, {
      ...(await keysOf(tx, input)),
      ...(name && { name }),
      ...(locale && { locale }),
      ...(traits && { traits }),
      provenBy: scope.actor.kind === "member" ? "staff" : "server",
      seenAt: joinedAt ?? now,
    });
    if (program && alsoNamed === null) {
      await joinProgram(tx, {
        programId: program.id,
        customerId: customer.id,
        ...(joinedAt && { at: joinedAt, welcome: false }),
      });
    }
    const programId = program?.id ?? null;
    return { customerId: customer.id, created, programId, isNoted, alsoNamed };
  });
}

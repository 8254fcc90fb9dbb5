import { DomainError, notFound } from "@/lib/core/errors";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { isOffensive } from "../rules/offensive";
import { firstNameOf, oneLine } from "../rules/names";
import { ALIAS_LENGTH, cleanAlias, cleanMessage } from "../rules/profile";

const NAME_LENGTH = 80;

type Who = { programId: string; customerId: string };

/**
 * Sets the name under which an advocate appears on leaderboards; null takes them off.
 * @throws DomainError invalid_request (path alias) for a name that cannot be shown; not_found for
 * no advocate
 */
export async function setAlias(
  scope: Scope,
  { alias, ...who }: Who & { alias: string | null },
): Promise<void> {
  const clean = alias === null ? null : cleanAlias(alias);
  if (alias !== null && clean === null) {
    const { least, most } = ALIAS_LENGTH;
    throw new DomainError(
      "invalid_request",
      `Choose a name of ${least} to ${most} characters without an address.`,
      "alias",
    );
  }
  await updateAdvocate(scope, who, { alias: clean });
}

/**
 * Saves an advocate's own invitation text; null or blank restores the suggested one.
 */
export async function setMessage(
  scope: Scope,
  { message, ...who }: Who & { message: string | null },
): Promise<void> {
  await updateAdvocate(scope, who, { message: message === null ? null : cleanMessage(message) });
}

/**
 * Sets the name that a customer gave themselves. What the shop's server says later stands above it.
 * @throws DomainError invalid_request (path name) for one of which others could not read anything;
 * not_found
 */
export async function setName(
  scope: Scope,
  { customerId, name }: { customerId: string; name: string },
): Promise<void> {
  if (firstNameOf(name) === null || isOffensive(oneLine(name)))
    throw new DomainError("invalid_request", "Enter a name without an address.", "name");
  const { count } = await inScope(scope, ({ db }) =>
    db.customer.updateMany({
      where: { merchantId: scope.merchantId, id: customerId },
      data: { name: [...oneLine(name)].slice(0, NAME_LENGTH).join("") },
    }),
  );
  if (count === 0) throw notFound("customer");
}

async function updateAdvocate(
  scope: Scope,
  { programId, customerId }: Who,
  data: { alias: string | null } | { message: string | null },
): Promise<void> {
  const { count } = await inScope(scope, ({ db }) =>
    db.advocate.updateMany({
      where: { merchantId: scope.merchantId, programId, customerId },
      data,
    }),
  );
  if (count === 0) throw notFound("advocate");
}

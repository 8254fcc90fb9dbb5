import type { Prisma } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import type { Scope } from "@/lib/merchants/scope";
import type { Terms } from "@/lib/terms/schema";

/** Terms as a column stores them. */
export function termsAsJson(terms: Terms): Prisma.InputJsonValue {
  return terms as unknown as Prisma.InputJsonValue;
}

/** @throws DomainError invalid_request when the terms are not in the merchant's currency */
export function requireCurrency(scope: Scope, terms: Terms): void {
  if (terms.currency !== scope.currency) {
    throw new DomainError(
      "invalid_request",
      `This shop's currency is ${scope.currency}.`,
      "terms.currency",
    );
  }
}

import { cache } from "react";
import { customerById } from "@/lib/customers/queries/customers";
import type { Scope } from "@/lib/merchants/scope";
import { customerOf, readCustomerToken } from "./session/customer-session";
import { type PublicProgram, visitorOfProgram } from "./visitor";

export type CustomerEntry = { scope: Scope; customerId: string; program: PublicProgram };

/**
 * The signed-in customer on a program's page, or null: no session, one that has ended, or one with
 * another merchant.
 */
export const customerScope = cache(async (programSlug: string): Promise<CustomerEntry | null> => {
  const token = await readCustomerToken();
  const visitor = token ? await visitorOfProgram(programSlug) : null;
  if (!token || !visitor || visitor.program.merchantId !== token.merchantId) return null;
  const known = await customerOf(visitor.scope, token);
  if (known === null) return null;
  const { provenance } = known;
  const customer = await customerById(visitor.scope, known.customerId);
  const label = customer.name ?? customer.email ?? customer.externalId ?? "Customer";
  return {
    scope: { ...visitor.scope, actor: { kind: "customer", id: customer.id, label, provenance } },
    customerId: customer.id,
    program: visitor.program,
  };
});

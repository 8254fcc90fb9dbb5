import { cache } from "react";
import { customerById } from "@/lib/customers/queries/customers";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { readCustomerSession } from "./session";
import { type PublicProgram, visitorOfProgram } from "./visitor";

export { endCustomerSession } from "./session";

export type CustomerEntry = { scope: Scope; customerId: string; program: PublicProgram };

/**
 * The signed-in customer on a program's page, or null: no session, a session with another merchant,
 * or a customer who is gone.
 */
export const customerScope = cache(async (programSlug: string): Promise<CustomerEntry | null> => {
  const session = await readCustomerSession();
  const visitor = session ? await visitorOfProgram(programSlug) : null;
  if (!session || !visitor || visitor.program.merchantId !== session.merchantId) return null;
  const customer = await inScope(visitor.scope, ({ db }) =>
    db.customer.findUnique({
      where: { merchantId_id: { merchantId: session.merchantId, id: session.customerId } },
      select: { mergedIntoId: true },
    }),
  ).then((known) => known && customerById(visitor.scope, known.mergedIntoId ?? session.customerId));
  if (!customer) return null;
  const label = customer.name ?? customer.email ?? customer.externalId ?? "Customer";
  return {
    scope: { ...visitor.scope, actor: { kind: "customer", id: customer.id, label } },
    customerId: customer.id,
    program: visitor.program,
  };
});

import { notFound } from "@/lib/core/errors";
import { readId } from "@/lib/core/values/own-id";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import type { Advocate, Customer } from "@/prisma/generated/client";

/**
 * Finds a customer by our id. A merged record leads to the one it was merged into.
 * @throws DomainError not_found
 */
export async function customerById(scope: Scope, id: string): Promise<Customer> {
  const { merchantId } = scope;
  return inScope(scope, async (tx) => {
    const customer = await tx.db.customer.findUnique({
      where: { merchantId_id: { merchantId, id } },
    });
    if (!customer) throw notFound("customer");
    return customer.mergedIntoId === null ? customer : customerById(tx, customer.mergedIntoId);
  });
}

/**
 * Finds a customer by the merchant's own id, else by ours. A merged record leads to the one it was
 * merged into.
 * @throws DomainError not_found
 */
export async function customerByRef(scope: Scope, text: string): Promise<Customer> {
  return inScope(scope, async (tx) => {
    const record = await recordByRef(tx, text);
    return record.mergedIntoId === null ? record : customerById(tx, record.mergedIntoId);
  });
}

/** The same record as it is named, also where it was merged. @throws DomainError not_found */
export async function recordByRef(scope: Scope, text: string): Promise<Customer> {
  const { merchantId } = scope;
  const ref = readId(text);
  if (ref === null) throw notFound("customer");
  return inScope(scope, async ({ db }) => {
    const customer =
      (await db.customer.findUnique({
        where: { merchantId_externalId: { merchantId, externalId: ref } },
      })) ?? (await db.customer.findUnique({ where: { merchantId_id: { merchantId, id: ref } } }));
    if (!customer) throw notFound("customer");
    return customer;
  });
}

export type Advocacy = {
  advocateId: string;
  joinedAt: Date;
  alias: string | null;
  qualifiedCount: number;
  rewardCount: number;
  program: { id: string; slug: string; name: string; state: string };
  codes: string[];
};

export type CustomerDetails = Customer & {
  advocacies: Advocacy[];
  consents: { purpose: string; granted: boolean; source: string; at: Date }[];
};

/**
 * The profile that the dashboard shows beside a customer's orders, referrals and rewards.
 * @throws DomainError not_found
 */
export async function customerDetails(scope: Scope, id: string): Promise<CustomerDetails> {
  requirePermission(scope, "customer.read");
  const { merchantId } = scope;
  return inScope(scope, async (tx) => {
    const customer = await customerById(tx, id);
    const advocates = await tx.db.advocate.findMany({
      where: { merchantId, customerId: customer.id },
      orderBy: { joinedAt: "desc" },
      include: {
        program: { select: { id: true, slug: true, name: true, state: true } },
        codes: { select: { code: true }, orderBy: { createdAt: "asc" } },
      },
    });
    const consents = await tx.db.consent.findMany({
      where: { merchantId, customerId: customer.id },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      take: 50,
      select: { purpose: true, granted: true, source: true, at: true },
    });
    return {
      ...customer,
      consents,
      advocacies: advocates.map(
        ({ id, joinedAt, alias, qualifiedCount, rewardCount, program, codes }) => ({
          advocateId: id,
          joinedAt,
          alias,
          qualifiedCount,
          rewardCount,
          program,
          codes: codes.map(({ code }) => code),
        }),
      ),
    };
  });
}

/** A customer's advocate in a program, with their code; null if they have not joined. */
export async function advocateOf(
  scope: Scope,
  { programId, customerId }: { programId: string; customerId: string },
): Promise<{ advocate: Advocate; code: string } | null> {
  const { merchantId } = scope;
  const row = await inScope(scope, ({ db }) =>
    db.advocate.findUnique({
      where: { merchantId_programId_customerId: { merchantId, programId, customerId } },
      include: { codes: { orderBy: { createdAt: "asc" }, take: 1 } },
    }),
  );
  if (!row?.codes[0]) return null;
  const { codes, ...advocate } = row;
  return { advocate, code: codes[0]!.code };
}

/**
 * The API ids of advocates' customers, by advocate id: the merchant's own if it gave one, else
 * ours.
 */
export async function refsOfAdvocates(
  scope: Scope,
  advocateIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await inScope(scope, ({ db }) =>
    db.advocate.findMany({
      where: { merchantId: scope.merchantId, id: { in: [...advocateIds] } },
      select: { id: true, customer: { select: { id: true, externalId: true } } },
    }),
  );
  return new Map(rows.map(({ id, customer }) => [id, customer.externalId ?? customer.id]));
}

/** The customer of an advocate: whoever invites. @throws DomainError not_found */
export async function inviterOf(
  scope: Scope,
  advocateId: string,
): Promise<{ customerId: string; name: string | null; email: string | null }> {
  const row = await inScope(scope, ({ db }) =>
    db.advocate.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id: advocateId } },
      select: { customer: { select: { id: true, name: true, email: true } } },
    }),
  );
  if (!row) throw notFound("advocate");
  return { customerId: row.customer.id, name: row.customer.name, email: row.customer.email };
}

import type { Prisma } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { readId } from "@/lib/core/values/own-id";
import { decodeTimeCursor, type Page, toPage } from "@/lib/core/paging";
import { contains } from "@/lib/core/values/search";
import { inScope, requirePermission, type Scope } from "@/lib/merchants/scope";
import { slugsOf } from "@/lib/programs/queries";
import type { Advocate, Customer } from "@/prisma/generated/client";
import type { CustomerFilter } from "../schema";

/**
 * A customer by our id; of a record that was merged, the one it was merged into. @throws
 * DomainError not_found
 */
export async function customerById(scope: Scope, id: string): Promise<Customer> {
  const { merchantId } = scope;
  return inScope(scope, async (db, scope) => {
    const customer = await db.customer.findUnique({
      where: { merchantId_id: { merchantId, id } },
    });
    if (!customer) throw notFound("customer");
    return customer.mergedIntoId === null ? customer : customerById(scope, customer.mergedIntoId);
  });
}

/**
 * A customer by the merchant's own id, else by ours; of a record that was merged, the one it was
 * merged into. @throws DomainError not_found
 */
export async function customerByRef(scope: Scope, text: string): Promise<Customer> {
  const { merchantId } = scope;
  const ref = readId(text);
  if (ref === null) throw notFound("customer");
  return inScope(scope, async (db, scope) => {
    const customer =
      (await db.customer.findUnique({
        where: { merchantId_externalId: { merchantId, externalId: ref } },
      })) ?? (await db.customer.findUnique({ where: { merchantId_id: { merchantId, id: ref } } }));
    if (!customer) throw notFound("customer");
    return customer.mergedIntoId === null ? customer : customerById(scope, customer.mergedIntoId);
  });
}

export type CustomerRow = Pick<
  Customer,
  | "id"
  | "externalId"
  | "email"
  | "name"
  | "locale"
  | "createdAt"
  | "firstOrderAt"
  | "lastOrderAt"
  | "orderCount"
  | "revenueMinor"
> & {
  /** In how many programs they share. */
  advocacies: number;
  /** True for someone whom a friend brought. */
  referred: boolean;
};

/** The filter of a search box over customers: by a part of the name, email or merchant's id. */
export function customerContaining(words: string): Prisma.CustomerWhereInput {
  const part = contains(words);
  return { OR: [{ name: part }, { email: part }, { externalId: part }] };
}

/** Customers, newest first. */
export async function listCustomers(
  scope: Scope,
  filter: CustomerFilter,
): Promise<Page<CustomerRow>> {
  requirePermission(scope, "customer.read");
  const conditions: Prisma.CustomerWhereInput[] = [
    { merchantId: scope.merchantId, mergedIntoId: null },
  ];
  if (filter.search) {
    conditions.push(customerContaining(filter.search));
  }
  if (filter.email) conditions.push({ email: filter.email });
  if (filter.program) {
    const program = {
      OR: [{ id: filter.program }, { slug: { in: slugsOf(scope, filter.program) } }],
    };
    conditions.push({ advocates: { some: { program } } });
  }
  if (filter.cursor) {
    const { at: createdAt, id } = decodeTimeCursor(filter.cursor);
    conditions.push({ OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }] });
  }
  return inScope(scope, async (db) => {
    const rows = await db.customer.findMany({
      where: { AND: conditions },
      orderBy: [{ createdAt: "desc" }, { id: "desc" }],
      take: filter.limit + 1,
      select: {
        id: true,
        externalId: true,
        email: true,
        name: true,
        locale: true,
        createdAt: true,
        firstOrderAt: true,
        lastOrderAt: true,
        orderCount: true,
        revenueMinor: true,
        // Read for this page's customers only; counting in the statement would group the whole
        // tables first.
        advocates: { select: { id: true } },
        friendOf: { select: { id: true } },
      },
    });
    const page = toPage(rows, filter.limit, (row) => [row.createdAt.toISOString(), row.id]);
    return {
      ...page,
      rows: page.rows.map(({ advocates, friendOf, ...row }) => ({
        ...row,
        advocacies: advocates.length,
        referred: friendOf.length > 0,
      })),
    };
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
 * What the dashboard shows of a person, beside their orders, referrals and rewards. @throws
 * DomainError not_found
 */
export async function customerDetails(scope: Scope, id: string): Promise<CustomerDetails> {
  requirePermission(scope, "customer.read");
  const { merchantId } = scope;
  return inScope(scope, async (db, scope) => {
    const customer = await customerById(scope, id);
    const advocates = await db.advocate.findMany({
      where: { merchantId, customerId: customer.id },
      orderBy: { joinedAt: "desc" },
      include: {
        program: { select: { id: true, slug: true, name: true, state: true } },
        codes: { select: { code: true }, orderBy: { createdAt: "asc" } },
      },
    });
    const consents = await db.consent.findMany({
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

/** Someone's part in a program: the advocate and their code; null when they have not joined. */
export async function advocateOf(
  scope: Scope,
  { programId, customerId }: { programId: string; customerId: string },
): Promise<{ advocate: Advocate; code: string } | null> {
  const { merchantId } = scope;
  const row = await inScope(scope, (db) =>
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
 * The customers behind advocates, by the advocate's id: the merchant's own id of each where it gave
 * one, else ours.
 */
export async function refsOfAdvocates(
  scope: Scope,
  advocateIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await inScope(scope, (db) =>
    db.advocate.findMany({
      where: { merchantId: scope.merchantId, id: { in: [...advocateIds] } },
      select: { id: true, customer: { select: { id: true, externalId: true } } },
    }),
  );
  return new Map(rows.map(({ id, customer }) => [id, customer.externalId ?? customer.id]));
}

/** Who stands behind a code: the customer who invites. @throws DomainError not_found */
export async function inviterOf(
  scope: Scope,
  advocateId: string,
): Promise<{ customerId: string; name: string | null; email: string | null }> {
  const row = await inScope(scope, (db) =>
    db.advocate.findUnique({
      where: { merchantId_id: { merchantId: scope.merchantId, id: advocateId } },
      select: { customer: { select: { id: true, name: true, email: true } } },
    }),
  );
  if (!row) throw notFound("advocate");
  return { customerId: row.customer.id, name: row.customer.name, email: row.customer.email };
}

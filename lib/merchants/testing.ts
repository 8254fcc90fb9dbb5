import pg from "pg";
import { prismaFor } from "@/lib/core/db";
import { notFound } from "@/lib/core/errors";
import { newId } from "@/lib/core/id";
import { assetScale, currencyAsset } from "@/lib/core/money";
import { systemNow } from "@/lib/core/time";
import type { Role } from "./rules/roles";
import { type Actor, inScope, mintScope, SCOPE_COLUMNS, type Scope } from "./scope";

/** For tests only: merchants made straight in the tables, and scopes for them. */

const TESTER: Actor = { kind: "system", id: "test", label: "Test" };

export type TestMerchant = {
  /** ISO 4217, USD by default. */
  currency?: string;
  /** IANA zone, UTC by default. */
  timeZone?: string;
};

/**
 * Makes a merchant and its sandbox, through the same role and row-level security as the product.
 * Returns the real merchant's scope; `testSandbox` gives the sandbox's.
 */
export async function createTestMerchant({
  currency = "USD",
  timeZone = "UTC",
}: TestMerchant = {}): Promise<Scope> {
  const merchant = {
    id: newId("mer"),
    slug: "",
    name: "Test shop",
    sandboxOfId: null,
    currency,
    currencyScale: assetScale(currencyAsset(currency)),
    timeZone,
    clockOffsetMs: 0n,
    createdAt: systemNow(),
  };
  merchant.slug = `shop-${merchant.id.slice(-12)}`;
  const sandbox = {
    ...merchant,
    id: newId("mer"),
    slug: `${merchant.slug}-test`,
    sandboxOfId: merchant.id,
  };
  await prismaFor("goodword_app").$transaction(async (db) => {
    for (const data of [merchant, sandbox]) {
      await db.$executeRaw`SELECT set_config('app.merchant_id', ${data.id}, true)`;
      await db.merchant.create({ data });
    }
  });
  return mintScope(merchant, TESTER);
}

/**
 * The scope of a test merchant's sandbox, with its clock as it stands now.
 * @throws DomainError not_found when the merchant has none.
 */
export async function testSandbox(scope: Scope): Promise<Scope> {
  const sandbox = await prismaFor("goodword_gate").merchant.findUnique({
    where: { sandboxOfId: scope.merchantId },
    select: SCOPE_COLUMNS,
  });
  if (!sandbox) throw notFound("sandbox");
  return mintScope(sandbox, TESTER);
}

/** Puts somebody on a shop's team. @returns the shop's scope, in which they act */
export async function testMember(
  scope: Scope,
  role: Role,
  { name = "Sue", email }: { name?: string; email?: string } = {},
): Promise<Scope> {
  const id = newId("usr");
  const createdAt = systemNow();
  await prismaFor("goodword_app").user.create({
    data: { id, email: email ?? `${id}@example.com`, name, createdAt },
    select: { id: true },
  });
  await inScope(scope, ({ db, merchantId }) =>
    db.member.create({ data: { merchantId, userId: id, role, createdAt } }),
  );
  return { ...scope, actor: { kind: "member", id, label: name, role } };
}

/**
 * Asks as the owner of the tables, who sees what the application's roles do not: hashes of
 * passwords, links in emails.
 */
export async function asOwner<Row extends object>(
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const owner = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await owner.connect();
  try {
    return (await owner.query<Row>(sql, values)).rows;
  } finally {
    await owner.end();
  }
}

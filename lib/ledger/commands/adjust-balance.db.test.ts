import { describe, expect, it } from "vitest";
import { prismaFor } from "@/lib/core/db";
import { parseMoney, POINTS } from "@/lib/core/money";
import { addDays, systemNow } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { parseAccountId } from "../rules/accounts";
import { transferBetween } from "@/lib/rewards/commands";
import { adjustBalance } from "./adjust-balance";
import { checkLedger } from "./check-ledger";
import { postTransfers } from "./post-transfers";
import { recover } from "../testing/recover";
import { exportLedger } from "../queries/export-ledger";
import { liabilityOf } from "../queries/liability";
import { balancesOf, lotsOf } from "../queries/balances";
import { transferFilterSchema } from "../schema";
import { listTransfers } from "../queries/list-transfers";

/** A shop with two customers, the first of them named as a spreadsheet's formula. */
async function shop(): Promise<Scope> {
  const scope = await createTestMerchant();
  const createdAt = systemNow();
  await inScope(scope, ({ db, merchantId }) =>
    db.customer.createMany({
      data: ["cus_1", "cus_2"].map((id) => ({
        merchantId,
        id,
        externalId: id,
        name: id === "cus_1" ? "=HYPERLINK()" : "Ben",
        traits: {},
        createdAt,
        firstSeenAt: createdAt,
      })),
    }),
  );
  await prismaFor("goodword_app").user.create({
    data: { id: userOf(scope), email: `${scope.merchantId}@example.com`, name: "Ada", createdAt },
    select: { id: true },
  });
  await inScope(scope, ({ db, merchantId }) =>
    db.member.create({ data: { merchantId, userId: userOf(scope), role: "owner", createdAt } }),
  );
  return scope;
}

const userOf = ({ merchantId }: Scope): string => `usr_${merchantId}`;

const as = (scope: Scope, role: "owner" | "support"): Scope => ({
  ...scope,
  actor: { kind: "member", id: userOf(scope), label: "Ada", role },
});
const add = (scope: Scope, minor: bigint, key?: string) =>
  adjustBalance(scope, {
    customerId: "cus_1",
    asset: POINTS,
    minor,
    reason: "A mistake of ours",
    key,
  });

describe("a balance set right by hand", () => {
  it("is added to or taken from, once per key, with who did it and why", async () => {
    const scope = as(await shop(), "owner");
    expect(await add(scope, 100n, "k1")).toEqual({
      posted: true,
      balanceMinor: 100n,
      repaidMinor: 0n,
    });
    expect(await add(scope, 100n, "k1")).toEqual({
      posted: false,
      balanceMinor: 100n,
      repaidMinor: 0n,
    });
    await expect(add(scope, 101n, "k1")).rejects.toMatchObject({ code: "idempotency_conflict" });
    expect(await add(scope, -30n)).toMatchObject({ balanceMinor: 70n });
    await expect(add(scope, -71n)).rejects.toMatchObject({ code: "conflict" });
    const { rows } = await listTransfers(scope, transferFilterSchema.parse({ customer: "cus_1" }));
    expect(rows).toMatchObject([
      { memo: "Adjusted: A mistake of ours", actor: "Ada", fromName: "=HYPERLINK()", toName: null },
      {
        to: { kind: "available", ownerId: "cus_1" },
        from: { kind: "funding", ownerId: scope.merchantId },
      },
    ]);
    const audit = await inScope(scope, ({ db }) =>
      db.auditEntry.findMany({ where: { merchantId: scope.merchantId }, orderBy: { id: "asc" } }),
    );
    expect(audit.map(({ action, actorLabel, summary }) => [action, actorLabel, summary])).toEqual([
      ["ledger.adjust", "Ada", "Added 100 PTS to a balance: A mistake of ours"],
      ["ledger.adjust", "Ada", "Took 30 PTS from a balance: A mistake of ours"],
    ]);
  });

  it("pays first what is owed", async () => {
    const scope = await shop();
    const own = { kind: "available", ownerId: "cus_1", asset: POINTS } as const;
    const purse = { kind: "funding", ownerId: "prg_1", asset: POINTS } as const;
    await recover(
      scope,
      {
        causeKey: "refund",
        from: own,
        to: purse,
        amount: { minor: 40n, asset: POINTS },
        memo: "",
        occurredAt: new Date(0),
      },
      "claim",
    );
    expect(await add(scope, 30n)).toMatchObject({ balanceMinor: -10n, repaidMinor: 30n });
    expect(await add(scope, 30n)).toMatchObject({ balanceMinor: 20n, repaidMinor: 10n });
  });

  it("is for owners and admins, and for customers of the shop", async () => {
    const scope = await shop();
    await expect(add(as(scope, "support"), 5n)).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      adjustBalance(await shop(), {
        customerId: "cus_9",
        asset: POINTS,
        minor: 5n,
        reason: "None",
      }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(add(scope, 0n)).rejects.toMatchObject({ code: "invalid_request" });
  });

  it("is moved to somebody else with its expiry", async () => {
    const scope = await shop();
    const expiresAt = addDays(systemNow(), 9);
    await postTransfers(scope, [
      {
        causeKey: "grant",
        from: { kind: "funding", ownerId: "prg_1", asset: POINTS },
        to: { kind: "available", ownerId: "cus_1", asset: POINTS },
        amount: { minor: 80n, asset: POINTS },
        memo: "Granted",
        occurredAt: new Date(0),
        lotExpiresAt: expiresAt,
      },
    ]);
    const transfer = {
      fromCustomerId: "cus_1",
      toCustomerId: "cus_2",
      asset: POINTS,
      minor: 50n,
      reason: "Same household",
      key: "k",
    };
    expect(await transferBetween(scope, transfer)).toMatchObject({
      posted: true,
      balanceMinor: 30n,
    });
    expect(await transferBetween(scope, transfer)).toMatchObject({
      posted: false,
      balanceMinor: 30n,
    });
    expect(await lotsOf(scope, "cus_2", POINTS)).toMatchObject([
      { remainingMinor: 50n, expiresAt },
    ]);
    await expect(
      transferBetween(scope, { ...transfer, toCustomerId: "cus_9" }),
    ).rejects.toMatchObject({ code: "not_found" });
    await expect(
      transferBetween(scope, { ...transfer, key: "self", toCustomerId: "cus_1" }),
    ).rejects.toMatchObject({ code: "invalid_request" });
  });
});

/** A small reader of CSV: enough for what we write. */
function read(csv: string): string[][] {
  return csv
    .trimEnd()
    .split("\r\n")
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
      ),
    );
}

describe("the export", () => {
  it("adds up to every balance and to 0, and runs nobody's formula", async () => {
    const scope = await shop();
    await add(scope, 100n);
    await adjustBalance(scope, {
      customerId: "cus_1",
      asset: scope.asset,
      minor: 1234n,
      reason: '+1+cmd|" /C calc"!A0, and more',
    });
    await adjustBalance(scope, {
      customerId: "cus_1",
      asset: scope.asset,
      minor: -34n,
      reason: "Too much",
    });
    await transferBetween(scope, {
      fromCustomerId: "cus_1",
      toCustomerId: "cus_2",
      asset: scope.asset,
      minor: 200n,
      reason: "Split",
    });
    // More than a page of it.
    await postTransfers(
      scope,
      Array.from(
        { length: 1_050 },
        (_, index) =>
          ({
            causeKey: `=${index}`,
            from: { kind: "funding", ownerId: "prg_1", asset: POINTS },
            to: { kind: "pending", ownerId: "cus_2", asset: POINTS },
            amount: { minor: BigInt(index + 1), asset: POINTS },
            memo: "@granted",
            occurredAt: new Date(0),
          }) as const,
      ),
    );
    const [head, ...lines] = read(await new Response(exportLedger(scope)).text());
    const rows = lines.map((cells) =>
      Object.fromEntries(head!.map((name, place) => [name, cells[place]!])),
    );
    expect(rows).toHaveLength(2 * (4 + 1_050));
    const sums = new Map<string, bigint>();
    for (const { account, amount } of rows) {
      sums.set(
        account!,
        (sums.get(account!) ?? 0n) + parseMoney(amount!, parseAccountId(account!).asset).minor,
      );
    }
    const accounts = await inScope(scope, ({ db, merchantId }) =>
      db.ledgerAccount.findMany({ where: { merchantId } }),
    );
    expect(Object.fromEntries(sums)).toEqual(
      Object.fromEntries(accounts.map(({ id, balanceMinor }) => [id, balanceMinor])),
    );
    for (const cell of lines.flat()) expect(cell).not.toMatch(/^[=+@\t\r]|^-(?!\d+(\.\d+)?$)/);
    expect((await checkLedger(scope)).differences).toEqual([]);
  });

  it("and the list of transfers are for those who read the ledger", async () => {
    const scope = as(await shop(), "support");
    expect(() => exportLedger(scope)).toThrow(expect.objectContaining({ code: "forbidden" }));
    await expect(listTransfers(scope, transferFilterSchema.parse({}))).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(liabilityOf(scope)).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("the list of transfers", () => {
  it("is searched by words, kind and days, page by page", async () => {
    const scope = await shop();
    for (const minor of [1n, 2n, 3n]) await add(scope, minor, `ticket_${minor}`);
    const list = (filter: object) => listTransfers(scope, transferFilterSchema.parse(filter));
    expect((await list({ q: "ticket_2" })).rows).toHaveLength(1);
    expect((await list({ q: "%" })).rows).toEqual([]);
    expect((await list({ kind: "pending" })).rows).toEqual([]);
    const today = systemNow().toISOString().slice(0, 10);
    expect((await list({ from: today, to: today })).rows).toHaveLength(3);
    expect((await list({ to: "2020-01-01" })).rows).toEqual([]);
    const first = await list({ limit: 2 });
    const second = await list({ limit: 2, cursor: first.nextCursor! });
    expect([...first.rows, ...second.rows].map(({ amount }) => amount.minor)).toEqual([3n, 2n, 1n]);
    expect(second.nextCursor).toBeNull();
  });
});

describe("the liability", () => {
  it("tells what is outstanding by month of expiry, and what expired", async () => {
    const scope = await shop();
    await add(scope, 100n);
    await postTransfers(scope, [
      {
        causeKey: "grant",
        from: { kind: "funding", ownerId: "prg_1", asset: POINTS },
        to: { kind: "available", ownerId: "cus_2", asset: POINTS },
        amount: { minor: 80n, asset: POINTS },
        memo: "Granted",
        occurredAt: new Date(0),
        lotExpiresAt: new Date("2031-03-31T23:30:00Z"),
      },
      {
        causeKey: "lot:lot_1:expire:0",
        from: { kind: "available", ownerId: "cus_2", asset: POINTS },
        to: { kind: "funding", ownerId: "prg_1", asset: POINTS },
        amount: { minor: 5n, asset: POINTS },
        memo: "Expired",
        occurredAt: new Date(0),
      },
    ]);
    const { balances, outstanding, breakage } = await liabilityOf(scope);
    expect(balances).toEqual([
      { asset: POINTS, kind: "available", minor: 175n, accounts: 2 },
      { asset: POINTS, kind: "funding", minor: -175n, accounts: 2 },
    ]);
    expect(outstanding).toEqual([
      { asset: POINTS, month: "2031-03", minor: 75n, customers: 1 },
      { asset: POINTS, month: null, minor: 100n, customers: 1 },
    ]);
    expect(breakage).toMatchObject([{ asset: POINTS, minor: 5n }]);
    expect((await balancesOf(scope, "cus_2"))[0]).toMatchObject({ available: 75n });
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "@/lib/core/errors";
import { accountId, ACCOUNT_KINDS, type AccountRef, mayOverdraw, parseAccountId } from "./accounts";
import { planTransfers } from "./plan-transfers";
import type { LedgerState } from "./transfer";
import { MemoryLedger } from "../testing/memory-ledger";
import { PlainLedger } from "../testing/plain-ledger";
import { type Step, type StepResult, histories } from "../testing/random-transfers";

const purse: AccountRef = { kind: "funding", ownerId: "prg_1", asset: "USD/2" };
const held: AccountRef = { kind: "pending", ownerId: "cus_1", asset: "USD/2" };
const grant = {
  causeKey: "grant",
  from: purse,
  to: held,
  amount: { minor: 500n, asset: "USD/2" as const },
  memo: "Granted",
  occurredAt: new Date(0),
};
const undo = { ...grant, causeKey: "undo", from: held, to: purse, reversesCause: "grant" };
const empty: LedgerState = new MemoryLedger();

/** LedgerState in memory that do what the rules plan, step by step. */
class RuledLedger extends MemoryLedger {
  run(step: Step): StepResult {
    try {
      if (step.verb === "post") return this.post(step.transfers).map(({ posted }) => posted);
      return this.post([{ ...step.asked, shortfall: "clamp" }])[0]!.movedMinor;
    } catch (error) {
      if (error instanceof DomainError) return error.code;
      throw error;
    }
  }
}

describe("account ids", () => {
  it("name an account both ways", () => {
    const accounts = fc.record({
      kind: fc.constantFrom(...ACCOUNT_KINDS),
      ownerId: fc.string({ minLength: 1 }),
      asset: fc.constantFrom("USD/2", "JPY/0", "PTS/0"),
    });
    fc.assert(
      fc.property(accounts, (account) => {
        expect(parseAccountId(accountId(account as AccountRef))).toEqual(account);
      }),
    );
    expect(accountId(held)).toBe("pending:cus_1:USD/2");
  });

  it("refuse what names none", () => {
    for (const text of [
      "",
      "pending",
      "pending:cus_1",
      "pending::USD/2",
      "purse:cus_1:USD/2",
      "pending:cus_1:USD",
    ]) {
      expect(() => parseAccountId(text), text).toThrow(RangeError);
    }
  });

  it("let only funding and debts overdraw", () => {
    expect(ACCOUNT_KINDS.filter(mayOverdraw)).toEqual(["funding", "owed"]);
  });
});

describe("the rules over random histories", () => {
  it("agree with the plain ledger, keep every sum at 0 and nothing overdrawn", () => {
    const seen: Record<string, number> = {};
    fc.assert(
      fc.property(histories(30), (steps) => {
        const [plain, ruled] = [new PlainLedger(), new RuledLedger()];
        for (const step of steps) {
          const outcome = ruled.run(step);
          expect(outcome).toEqual(plain.run(step));
          const name = typeof outcome === "string" ? outcome : step.verb;
          seen[name] = (seen[name] ?? 0) + 1;
        }
        const balances = Object.entries(ruled.nonZero());
        expect(Object.fromEntries(balances)).toEqual(plain.balances());
        for (const [id, minor] of balances) {
          expect(mayOverdraw(parseAccountId(id).kind) || minor > 0n, id).toBe(true);
        }
        for (const asset of ["USD/2", "PTS/0"]) {
          const ofAsset = balances.filter(([id]) => id.endsWith(asset));
          expect(ofAsset.reduce((sum, [, minor]) => sum + minor, 0n)).toBe(0n);
        }
      }),
      { numRuns: 600 },
    );
    // The histories reach every kind of outcome, or the test would say little.
    const kinds = [
      "conflict",
      "idempotency_conflict",
      "invalid_request",
      "not_found",
      "post",
      "recover",
    ];
    expect(Object.keys(seen).sort()).toEqual(kinds);
    for (const kind of kinds) expect(seen[kind], kind).toBeGreaterThan(20);
  });

  it("change nothing when every step is told again", () => {
    fc.assert(
      fc.property(histories(30), (steps) => {
        const ledger = new RuledLedger();
        const first = steps.map((step) => ledger.run(step));
        const before = ledger.nonZero();
        steps.forEach((step, index) => {
          const posted = first[index];
          if (typeof posted === "string") return;
          const again = ledger.run(step);
          expect(again).toEqual(Array.isArray(posted) ? posted.map(() => false) : posted);
        });
        expect(ledger.nonZero()).toEqual(before);
      }),
      { numRuns: 200 },
    );
  });
});

describe("planTransfers", () => {
  const refusal = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof DomainError) return `${error.code}: ${error.message}`;
    }
    return "no refusal";
  };

  it("says plainly what is overdrawn", () => {
    const spend = { ...undo, reversesCause: undefined };
    expect(
      refusal(() =>
        planTransfers({ ...new MemoryLedger(), balances: new Map([[accountId(held), 120n]]) }, [
          spend,
        ]),
      ),
    ).toBe("conflict: Only 1.20 USD is pending, less than the 5.00 USD asked for.");
  });

  it("undoes a transfer of the same call, once, and never an undoing", () => {
    expect(planTransfers(empty, [grant, undo]).outcomes).toMatchObject([
      { posted: true },
      { posted: true },
    ]);
    expect(
      refusal(() => planTransfers(empty, [grant, grant, undo, { ...undo, causeKey: "undo 2" }])),
    ).toMatch(/^conflict: This transfer was reversed before/);
    expect(
      refusal(() =>
        planTransfers(empty, [grant, undo, { ...grant, causeKey: "redo", reversesCause: "undo" }]),
      ),
    ).toMatch(/^conflict: A reversal cannot be reversed/);
  });

  it("refuses too large an amount", () => {
    const amount = { minor: 10n ** 15n + 1n, asset: "USD/2" as const };
    expect(refusal(() => planTransfers(empty, [{ ...grant, amount }]))).toMatch(
      /^invalid_request: .*too large/,
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DomainError } from "@/lib/core/errors";
import { DAY_MS, systemNow } from "@/lib/core/time";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { createTestMerchant } from "@/lib/merchants/testing";
import { checkLedger } from "../commands/check-ledger";
import { postTransfers } from "../commands/post-transfers";
import type { Transfer } from "../rules/transfer";
import { playHistory, type PostingResult } from "./balance-histories";
import { EPOCH, type Posting, randomSteps } from "./history-steps";

/** The clock of a history that began when the machine's said `began`. */
function onDay(scope: Scope, day: number, began: Date): Scope {
  return { ...scope, clockOffsetMs: BigInt(EPOCH.getTime() + day * DAY_MS - began.getTime()) };
}

type LotRow = {
  id: string;
  account: string;
  cause: string;
  remaining: bigint;
  expires: Date | null;
  reward: string | null;
};

/** In the order in which they were opened. */
function lotsIn(scope: Scope): Promise<LotRow[]> {
  return inScope(
    scope,
    ({ db, merchantId }) => db.$queryRaw`
    SELECT l.id, l.account_id AS account, t.cause_key AS cause, l.remaining_minor AS remaining,
      l.expires_at AS expires, l.reward_id AS reward
    FROM ledger_lot l
    JOIN ledger_transfer t ON t.merchant_id = l.merchant_id AND t.id = l.transfer_id
    WHERE l.merchant_id = ${merchantId} ORDER BY l.opened_at, l.id`,
  );
}

/** In memory a lot is named by its cause and place. */
async function withRealLots(scope: Scope, transfers: readonly Transfer[]): Promise<Transfer[]> {
  if (transfers.every(({ lotId }) => lotId === undefined)) return [...transfers];
  const ids = new Map<string, string>();
  for (const { id, cause } of await lotsIn(scope)) {
    const place = [...ids.keys()].filter(
      (name) => name.slice(0, name.lastIndexOf("#")) === cause,
    ).length;
    ids.set(`${cause}#${place}`, id);
  }
  return transfers.map((transfer) =>
    transfer.lotId === undefined ? transfer : { ...transfer, lotId: ids.get(transfer.lotId)! },
  );
}

async function post(scope: Scope, posting: Posting, began: Date): Promise<PostingResult> {
  const then = onDay(scope, posting.day, began);
  try {
    return (await postTransfers(then, await withRealLots(then, posting.transfers))).outcomes;
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe("100 histories of balances on PostgreSQL", () => {
  it("come posting by posting to what a ledger in memory says, to the last lot", async () => {
    await fc.assert(
      fc.asyncProperty(randomSteps(12), async (steps) => {
        const { ledger, postings, results } = playHistory(steps, () => {});
        const scope = await createTestMerchant();
        const began = systemNow();
        for (const [index, posting] of postings.entries())
          expect(await post(scope, posting, began)).toEqual(results[index]);
        const accounts = await inScope(scope, ({ db, merchantId }) =>
          db.ledgerAccount.findMany({ where: { merchantId } }),
        );
        const balances = accounts
          .filter(({ balanceMinor }) => balanceMinor !== 0n)
          .map(({ id, balanceMinor }) => [id, balanceMinor] as const);
        expect(Object.fromEntries(balances)).toEqual(ledger.nonZero());
        const named = (lots: Omit<LotRow, "id">[]) =>
          lots.map((lot) => JSON.stringify({ ...lot, remaining: String(lot.remaining) })).sort();
        expect(named((await lotsIn(scope)).map(({ id: _, ...lot }) => lot))).toEqual(
          named(
            [...ledger.lots.values()].flat().map((lot) => ({
              account: lot.accountId,
              cause: lot.openedBy,
              remaining: lot.remainingMinor,
              expires: lot.expiresAt,
              reward: lot.rewardId,
            })),
          ),
        );
        expect((await checkLedger(scope)).differences).toEqual([]);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});

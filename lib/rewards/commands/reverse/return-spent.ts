import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import { accountId, owedBy } from "@/lib/ledger/rules/accounts";
import { isExpired } from "@/lib/ledger/rules/lots";
import {
  planReturn,
  type ReturnedPart,
  type ReturnUse,
  type Shortfall,
} from "@/lib/ledger/rules/plan-return";
import type { Transfer } from "@/lib/ledger/rules/transfer";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { isBalance } from "../expire/expire-reward";
import { fundingOf, type LoadedReward, lockReward } from "../lock-reward";
import { countRecovered } from "./count-recovered";
import { replaceStandIns } from "./replace-stand-ins";

/** What a return came to. */
export type Returned = {
  /** False for a repeat. */
  posted: boolean;
  /** How much of it paid what the customer owed. */
  repaidMinor: bigint;
};

/**
 * Moves something back into a customer's balance that they had spent. Rewards that were reversed
 * after that, and not found, recover it first, as if it had never been spent; each such part lowers
 * the program's cost, once.
 * @param transfer into the balance: the undoing of a debit, or from another balance
 * @param rewards what `lockForReturn` locked for it
 */
export async function returnSpent(
  tx: Tx,
  transfer: Transfer,
  rewards: ReadonlyMap<string, LoadedReward>,
): Promise<Returned> {
  const {
    outcomes: [outcome],
  } = await postTransfers(tx, [{ ...transfer, keepsAll: true }]);
  if (!outcome?.posted) return { posted: false, repaidMinor: 0n };
  let repaidMinor = 0n;
  // What stood in for one reward may be of another that is short as well.
  for (let causes = [transfer.causeKey], now = rewards; causes.length > 0;) {
    const uses = planReturn(
      await partsOf(tx, transfer, causes),
      await shortfallsOf(tx, transfer, now),
      await owedTo(tx, transfer),
    );
    if (uses.length === 0) break;
    await postTransfers(tx, transfersFor(uses, transfer, now));
    await countRecovered(tx, uses, now);
    causes = await replaceStandIns(tx, transfer, uses, now);
    now = await asTheyAre(tx, now);
    for (const { what, minor } of uses) if (what === "repay") repaidMinor += minor;
  }
  return { posted: true, repaidMinor };
}

async function asTheyAre(
  tx: Tx,
  rewards: ReadonlyMap<string, LoadedReward>,
): Promise<ReadonlyMap<string, LoadedReward>> {
  const read = new Map<string, LoadedReward>();
  for (const id of rewards.keys()) read.set(id, await lockReward(tx, id));
  return read;
}

/** What transfers put into lots, those that expire first first. */
async function partsOf(
  tx: Tx,
  { to }: Transfer,
  causes: readonly string[],
): Promise<ReturnedPart[]> {
  const rows = await tx.db.$queryRaw<
    { lotId: string; rewardId: string | null; minor: bigint; expiresAt: Date | null }[]
  >`
    WITH posted AS (
      SELECT id FROM ledger_transfer
      WHERE merchant_id = ${tx.merchantId} AND cause_key = ANY(${[...causes]}::text[])
    ), filled AS (
      SELECT lot_id AS id, amount_minor AS minor FROM lot_move
      WHERE merchant_id = ${tx.merchantId} AND transfer_id IN (SELECT id FROM posted)
        AND amount_minor > 0
      UNION ALL
      SELECT id, amount_minor FROM ledger_lot
      WHERE merchant_id = ${tx.merchantId} AND transfer_id IN (SELECT id FROM posted)
    )
    SELECT l.id AS "lotId", l.reward_id AS "rewardId", f.minor, l.expires_at AS "expiresAt"
    FROM filled f JOIN ledger_lot l ON l.merchant_id = ${tx.merchantId} AND l.id = f.id
    WHERE l.account_id = ${accountId(to)}
    ORDER BY l.expires_at NULLS LAST, l.id`;
  const now = scopeNow(tx);
  return rows.map(({ expiresAt, ...part }) => ({
    ...part,
    isExpired: isExpired({ expiresAt }, now),
  }));
}

/** What reversals of these rewards did not find in their own lots. */
async function shortfallsOf(
  { db, merchantId }: Tx,
  { reversesCause, to }: Transfer,
  rewards: ReadonlyMap<string, LoadedReward>,
): Promise<Shortfall[]> {
  const short = [...rewards.values()].filter(
    (reward) =>
      reward.customerId === to.ownerId &&
      reward.asset === to.asset &&
      isBalance(reward) &&
      reward.reversedMinor > 0n,
  );
  // Ids begin with their time, whatever they are of.
  const since = await db.$queryRaw<{ rewardId: string }[]>`
    SELECT s.reward_id AS "rewardId" FROM reward_step s
    WHERE s.merchant_id = ${merchantId} AND s.reward_id = ANY(${short.map(({ id }) => id)}::text[])
      AND s.reversal_reason IS NOT NULL
    GROUP BY s.reward_id
    HAVING max(substr(s.id, 5)) > (
      SELECT substr(t.id, 5) FROM ledger_transfer t
      WHERE t.merchant_id = ${merchantId} AND t.cause_key = ${reversesCause ?? null})`;
  const later = new Set(since.map(({ rewardId }) => rewardId));
  return short.map(({ id, reversedMinor, recoveredMinor, claimedMinor, borrowedMinor }) => ({
    rewardId: id,
    givenUp: reversedMinor - recoveredMinor,
    wasSpent: later.has(id),
    claimed: claimedMinor,
    borrowed: borrowedMinor,
  }));
}

async function owedTo({ db, merchantId }: Tx, { to }: Transfer): Promise<bigint> {
  const account = await db.ledgerAccount.findUnique({
    where: { merchantId_id: { merchantId, id: accountId(owedBy(to)) } },
    select: { balanceMinor: true },
  });
  return -(account?.balanceMinor ?? 0n);
}

function transfersFor(
  uses: readonly ReturnUse[],
  transfer: Transfer,
  rewards: ReadonlyMap<string, LoadedReward>,
): Transfer[] {
  return uses
    .filter(({ what }) => what !== "replace")
    .map((use, place) => transferFor(use, `${place}:${use.lotId}`, transfer, rewards));
}

function transferFor(
  { what, lotId, minor, recoveredBy }: ReturnUse,
  place: string,
  transfer: Transfer,
  rewards: ReadonlyMap<string, LoadedReward>,
): Transfer {
  const { causeKey, to: from, occurredAt } = transfer;
  const base = { lotId, from, occurredAt, amount: { minor, asset: from.asset } };
  if (what === "recover") {
    const reward = rewards.get(recoveredBy!)!;
    return {
      ...base,
      causeKey: `reward:${reward.id}:recover:${place}:${causeKey}`,
      rewardId: reward.id,
      to: fundingOf(reward, from.asset),
      memo: "Reversed earlier, recovered as it came back",
    };
  }
  return {
    ...base,
    causeKey: `${causeKey}:repaid:${place}`,
    ...(transfer.rewardId !== undefined && { rewardId: transfer.rewardId }),
    to: owedBy(from),
    memo: "Withheld for an earlier refund",
  };
}

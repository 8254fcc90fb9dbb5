import type { Asset } from "@/lib/core/money";
import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import type { AccountKind, AccountRef } from "@/lib/ledger/rules/accounts";
import type { Transfer } from "@/lib/ledger/rules/transfer";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import type { Pair } from "./move-rows";

type Holding = { kind: AccountKind; asset: Asset; minor: bigint };
type OpenLot = {
  id: string;
  asset: Asset;
  rewardId: string | null;
  expiresAt: Date | null;
  minor: bigint;
};

const causeOf = (mergeId: string, what: string) => `merge:${mergeId}:${what}`;

/**
 * Moves everything that a customer has, is about to have and owes to another, by transfers. Lots
 * keep their expiry and their reward; what comes in pays first what is owed.
 */
export async function moveBalances(tx: Tx, mergeId: string, pair: Pair): Promise<void> {
  const { fromId, intoId } = pair;
  const account = (kind: AccountKind, ownerId: string, asset: Asset): AccountRef => ({
    kind,
    ownerId,
    asset,
  });
  const shared = { occurredAt: scopeNow(tx), memo: "Moved with a merged customer record" };
  const transfers: Transfer[] = [];
  for (const { kind, asset, minor } of await holdings(tx, fromId)) {
    const owes = kind === "owed" && minor < 0n;
    if (!owes && kind !== "pending" && kind !== "issued") continue;
    const [giver, taker] = owes ? [intoId, fromId] : [fromId, intoId];
    transfers.push({
      ...shared,
      causeKey: causeOf(mergeId, `${kind}:${asset}`),
      from: account(kind, giver, asset),
      to: account(kind, taker, asset),
      amount: { minor: owes ? -minor : minor, asset },
    });
  }
  for (const lot of await openLots(tx, fromId))
    transfers.push({
      ...shared,
      causeKey: causeOf(mergeId, `lot:${lot.id}`),
      from: account("available", fromId, lot.asset),
      to: account("available", intoId, lot.asset),
      amount: { minor: lot.minor, asset: lot.asset },
      lotId: lot.id,
      lotExpiresAt: lot.expiresAt,
      ...(lot.rewardId !== null && { rewardId: lot.rewardId }),
    });
  // What is owed comes first, so that what comes after repays it.
  await postTransfers(
    tx,
    transfers.toSorted((a, b) => Number(b.to.kind === "owed") - Number(a.to.kind === "owed")),
  );
}

/** What of a merged customer's balances is still there to be moved back, and what is not. */
type Returned = { asset: Asset; minor: bigint; missingMinor: bigint };

/**
 * Moves back what a merge brought and nobody has used since: the rest of its lots, and what the
 * rewards that go back are worth while they are held or issued.
 * @param rewards that go back, as they are now: where their worth lies
 */
export async function moveBalancesBack(
  tx: Tx,
  mergeId: string,
  { fromId, intoId }: Pair,
  rewards: readonly Holding[],
): Promise<Returned[]> {
  const brought = await tx.db.$queryRaw<
    (Holding & {
      cause: string;
      leftMinor: bigint | null;
      lotId: string | null;
      expiresAt: Date | null;
      rewardId: string | null;
    })[]
  >`
    SELECT a.kind, t.asset, t.amount_minor AS minor, t.cause_key AS cause, l.id AS "lotId",
      l.remaining_minor AS "leftMinor", l.expires_at AS "expiresAt", l.reward_id AS "rewardId"
    FROM ledger_transfer t
    JOIN ledger_account a ON a.merchant_id = t.merchant_id AND a.id = t.debit_account_id
    LEFT JOIN ledger_lot l ON l.merchant_id = t.merchant_id AND l.transfer_id = t.id
    WHERE t.merchant_id = ${tx.merchantId} AND starts_with(t.cause_key, ${causeOf(mergeId, "")})
      AND t.cause_key NOT LIKE '%:repaid'`;
  const now = new Map((await holdings(tx, intoId)).map((one) => [`${one.kind} ${one.asset}`, one]));
  const transfers: Transfer[] = [];
  const returned = new Map<Asset, Returned>();
  const shared = { occurredAt: scopeNow(tx), memo: "Moved back: the merge was undone" };
  for (const { kind, asset, minor, cause, leftMinor, lotId, expiresAt, rewardId } of brought) {
    const worth = rewards
      .filter((one) => one.kind === kind && one.asset === asset)
      .reduce((sum, one) => sum + one.minor, 0n);
    const there = now.get(`${kind} ${asset}`)?.minor ?? 0n;
    const left =
      lotId !== null
        ? (leftMinor ?? 0n)
        : kind === "owed"
          ? least(minor, -there)
          : least(worth, there);
    if (kind === "available") {
      const known = returned.get(asset) ?? { asset, minor: 0n, missingMinor: 0n };
      returned.set(asset, {
        asset,
        minor: known.minor + left,
        missingMinor: known.missingMinor + minor - left,
      });
    }
    if (left <= 0n) continue;
    const [giver, taker] = kind === "owed" ? [fromId, intoId] : [intoId, fromId];
    transfers.push({
      ...shared,
      causeKey: `${cause}:back`,
      from: { kind, ownerId: giver, asset },
      to: { kind, ownerId: taker, asset },
      amount: { minor: left, asset },
      ...(lotId !== null && { lotId, lotExpiresAt: expiresAt }),
      ...(rewardId !== null && { rewardId }),
    });
  }
  await postTransfers(
    tx,
    transfers.toSorted((a, b) => Number(a.to.kind === "owed") - Number(b.to.kind === "owed")),
  );
  return [...returned.values()];
}

const least = (one: bigint, other: bigint) => (one < other ? one : other);

function holdings({ db, merchantId }: Tx, ownerId: string): Promise<Holding[]> {
  return db.$queryRaw<Holding[]>`
    SELECT kind, asset, balance_minor AS minor FROM ledger_account
    WHERE merchant_id = ${merchantId} AND owner_id = ${ownerId} AND balance_minor <> 0
    ORDER BY id`;
}

function openLots({ db, merchantId }: Tx, ownerId: string): Promise<OpenLot[]> {
  return db.$queryRaw<OpenLot[]>`
    SELECT l.id, l.asset, l.reward_id AS "rewardId", l.expires_at AS "expiresAt",
      l.remaining_minor AS minor
    FROM ledger_lot l
    JOIN ledger_account a ON a.merchant_id = l.merchant_id AND a.id = l.account_id
    WHERE l.merchant_id = ${merchantId} AND a.owner_id = ${ownerId} AND l.remaining_minor > 0
    ORDER BY l.expires_at NULLS LAST, l.opened_at, l.id`;
}

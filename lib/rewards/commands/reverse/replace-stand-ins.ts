import { postTransfers } from "@/lib/ledger/commands/post-transfers";
import type { ReturnUse } from "@/lib/ledger/rules/plan-return";
import type { Transfer } from "@/lib/ledger/rules/transfer";
import { scopeNow, type Tx } from "@/lib/merchants/scope";
import { isBalance } from "../expire/expire-reward";
import { fundingOf, type LoadedReward } from "../lock-reward";
import { stepReward } from "../step-reward";

/** What stood in for a reversed reward: a part of another one, or nobody's in particular. */
type StandIn = { rewardId: string | null; expiresAt: Date | null; minor: bigint };

/**
 * Exchanges what came back into lots of reversed rewards for what others had stood in with: other
 * lots of the same balance, and rewards that had repaid the claim. Each gets a lot of its own with
 * its own expiry.
 * @param rewards as they were before any of these uses
 * @returns the causes of what opened those lots
 */
export async function replaceStandIns(
  tx: Tx,
  { causeKey, to: balance, occurredAt }: Transfer,
  uses: readonly ReturnUse[],
  rewards: ReadonlyMap<string, LoadedReward>,
): Promise<string[]> {
  const { asset } = balance;
  const found = new StandIns(tx, rewards);
  const causes: string[] = [];
  for (const use of uses) {
    if (use.what !== "replace") {
      found.pass(use);
      continue;
    }
    const reward = rewards.get(use.rewardId!)!;
    const funding = fundingOf(reward, asset);
    const cause = `reward:${reward.id}:replace:${use.lotId}:${causeKey}`;
    const standIns = await found.takeFor(reward, use);
    causes.push(...standIns.map((_, index) => `${cause}:${index}`));
    await postTransfers(tx, [
      {
        causeKey: cause,
        rewardId: reward.id,
        lotId: use.lotId,
        from: balance,
        to: funding,
        amount: { minor: use.minor, asset },
        occurredAt,
        memo: "Reversed earlier, out of other rewards",
      },
      ...standIns.map(({ rewardId, expiresAt, minor }, index): Transfer => ({
        causeKey: `${cause}:${index}`,
        from: funding,
        to: balance,
        amount: { minor, asset },
        occurredAt,
        lotExpiresAt: expiresAt,
        keepsAll: true,
        memo: "Returned: it had stood in for a reversed reward",
        ...(rewardId !== null && { rewardId }),
      })),
    ]);
  }
  return causes;
}

/** Finds stand-ins, each once. */
class StandIns {
  private readonly withheld = new Map<string, bigint>();
  /** What was made good of what a reward borrowed. */
  private readonly passed = new Map<string | null, bigint>();

  constructor(
    private readonly tx: Tx,
    private readonly rewards: ReadonlyMap<string, LoadedReward>,
  ) {}

  /** Counts what was made good without an exchange. */
  pass({ rewardId, borrowed }: ReturnUse): void {
    this.passed.set(rewardId, (this.passed.get(rewardId) ?? 0n) + borrowed);
  }

  async takeFor(reward: LoadedReward, use: ReturnUse): Promise<StandIn[]> {
    const lent = await this.lent(reward, use.borrowed);
    this.pass(use);
    return [...lent, ...(await this.repaid(reward, use.claimed))];
  }

  /** The lots out of which it was reversed, the first first; what was made good before is left. */
  private async lent(reward: LoadedReward, minor: bigint): Promise<StandIn[]> {
    if (minor === 0n) return [];
    const { db, merchantId } = this.tx;
    const taken = await db.$queryRaw<StandIn[]>`
      SELECT l.reward_id AS "rewardId", l.expires_at AS "expiresAt", -m.amount_minor AS minor
      FROM ledger_transfer t
      JOIN lot_move m ON m.merchant_id = t.merchant_id AND m.transfer_id = t.id
        AND m.amount_minor < 0
      JOIN ledger_lot l ON l.merchant_id = m.merchant_id AND l.id = m.lot_id
      WHERE t.merchant_id = ${merchantId} AND t.reward_id = ${reward.id}
        AND (starts_with(t.cause_key, ${`reward:${reward.id}:reverse:`})
          OR starts_with(t.cause_key, ${`reward:${reward.id}:recover:`}))
        AND l.reward_id IS DISTINCT FROM t.reward_id
      ORDER BY t.id, m.lot_id`;
    const all = taken.reduce((sum, one) => sum + one.minor, 0n);
    const before = all > reward.borrowedMinor ? all - reward.borrowedMinor : 0n;
    return slice(taken, before + (this.passed.get(reward.id) ?? 0n), minor);
  }

  /** Rewards that repaid a claim, the latest first; nobody's where something else paid it. */
  private async repaid(reward: LoadedReward, minor: bigint): Promise<StandIn[]> {
    const found: StandIn[] = [];
    let left = minor;
    const others = [...this.rewards.values()]
      .filter(({ id, customerId, asset }) => id !== reward.id && isOfOne(customerId, asset))
      .sort((one, other) => (one.id < other.id ? 1 : -1));
    for (const other of others) {
      const withheld = this.withheld.get(other.id) ?? other.withheldMinor;
      const part = withheld < left ? withheld : left;
      if (part === 0n) continue;
      this.withheld.set(other.id, withheld - part);
      left -= part;
      found.push({ rewardId: other.id, minor: part, expiresAt: await this.returnTo(other, part) });
    }
    return left > 0n ? [...found, { rewardId: null, expiresAt: null, minor: left }] : found;

    function isOfOne(customerId: string, asset: LoadedReward["asset"]): boolean {
      return customerId === reward.customerId && asset === reward.asset;
    }
  }

  /** @returns when its own lots expire */
  private async returnTo(other: LoadedReward, minor: bigint): Promise<Date | null> {
    const { db, merchantId } = this.tx;
    const { state } = await db.reward.update({
      where: { merchantId_id: { merchantId, id: other.id } },
      data: { withheldMinor: { decrement: minor } },
      select: { state: true },
    });
    await stepReward(this.tx, {
      rewardId: other.id,
      state: state as LoadedReward["state"],
      reason: "repayment_returned",
      keepsReason: true,
      at: scopeNow(this.tx),
      amountMinor: minor,
    });
    if (!isBalance(other)) return null;
    const lot = await db.ledgerLot.findFirst({
      where: { merchantId, rewardId: other.id },
      orderBy: { id: "asc" },
      select: { expiresAt: true },
    });
    return lot?.expiresAt ?? null;
  }
}

/** A part of a list of amounts: `minor` of it, after the first `skipped`. */
function slice(list: readonly StandIn[], skipped: bigint, minor: bigint): StandIn[] {
  const found: StandIn[] = [];
  let [skip, left] = [skipped, minor];
  for (const one of list) {
    const over = one.minor < skip ? one.minor : skip;
    skip -= over;
    const part = one.minor - over < left ? one.minor - over : left;
    left -= part;
    if (part > 0n) found.push({ ...one, minor: part });
  }
  return left > 0n ? [...found, { rewardId: null, expiresAt: null, minor: left }] : found;
}

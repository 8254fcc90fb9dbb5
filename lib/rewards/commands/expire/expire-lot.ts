import { parseAccountId } from "@/lib/ledger/rules/accounts";
import { expireLot } from "@/lib/ledger/commands/expire-lot";
import { inScope, type Scope } from "@/lib/merchants/scope";
import { costOfPart, fundingOf, lockReward, worthLeft } from "../lock-reward";
import { countExpired, expireReward } from "./expire-reward";
import { stepReward } from "../step-reward";

/**
 * Ends one lot of a balance whose time is over. What is left of it goes back to the program whose
 * reward it is the worth of, else to whoever brought it, else to the merchant itself. A reward that
 * expires as a whole does so here, with all that belongs to it; a lot that was filled again after
 * that, when something was cancelled, lowers the program's cost once more.
 * @returns whether anything went; a repeat is harmless
 */
export async function expireBalanceLot(scope: Scope, lotId: string): Promise<boolean> {
  return inScope(scope, async (tx) => {
    const { merchantId } = tx;
    const lot = await tx.db.ledgerLot.findUnique({
      where: { merchantId_id: { merchantId, id: lotId } },
      include: { transfer: { select: { debitAccountId: true } } },
    });
    if (!lot) return false;
    const account = parseAccountId(lot.accountId);
    if (lot.rewardId === null) {
      const source = parseAccountId(lot.transfer.debitAccountId);
      const to =
        source.kind === "funding"
          ? source
          : ({ kind: "funding", ownerId: merchantId, asset: account.asset } as const);
      return (await expireLot(tx, { lotId, to })) > 0n;
    }
    const wasWhole = await expireReward(tx, lot.rewardId);
    const reward = await lockReward(tx, lot.rewardId);
    // The budget before the ledger, in the order in which a grant takes them.
    await tx.lock.budgets(reward.programId);
    const minor = await expireLot(tx, { lotId, to: fundingOf(reward, account.asset) });
    if (minor === 0n) return wasWhole;
    // What was handed on to somebody else had been used by its owner.
    if (account.ownerId !== reward.customerId) return true;
    const left = worthLeft(reward)!.minor;
    const expired = minor < left ? minor : left;
    const costBack = expired === 0n ? 0n : costOfPart(reward, expired);
    await countExpired(tx.db, merchantId, reward, expired);
    await stepReward(tx, {
      rewardId: reward.id,
      state: reward.state,
      reason: "expired",
      keepsReason: reward.state === "reversed" || reward.state === "voided",
      at: lot.expiresAt!,
      amountMinor: minor,
      costMinor: -costBack,
    });
    if (!reward.terms.given) {
      await tx.db.programBudget.update({
        where: { merchantId_programId: { merchantId, programId: reward.programId } },
        data: { costMinor: { decrement: costBack } },
      });
    }
    return true;
  });
}

import { recordAudit } from "@/lib/merchants/commands/record-audit";
import { inScope, requirePermission, type Scope, scopeNow } from "@/lib/merchants/scope";
import { openDetails } from "../../destinations/rules/details";
import { payoutCsv } from "../queries/payout-csv";
import { sealedPeople } from "../queries/people";
import { payoutById } from "../queries/payouts";

/**
 * The file of a payout, one line per person: the one place where staff read in the clear where
 * money goes. That they did is recorded with it, and the time kept, so that a later change can be
 * told. @throws DomainError not_found
 */
export async function exportPayout(
  scope: Scope,
  batchId: string,
): Promise<{ name: string; csv: string }> {
  requirePermission(scope, "payout.manage");
  return inScope(scope, async (tx) => {
    const batch = await payoutById(tx, batchId);
    const people = (await sealedPeople(tx, batch)).map(({ sealed, ...person }) => ({
      ...person,
      details: sealed && openDetails(sealed),
    }));
    await tx.db.payoutBatch.update({
      where: { merchantId_id: { merchantId: tx.merchantId, id: batchId } },
      data: { exportedAt: scopeNow(tx) },
    });
    const read = people.filter(({ details }) => details !== null).length;
    await recordAudit(tx, {
      action: "payout.export",
      subjectType: "payout",
      subjectId: batchId,
      summary:
        read === 0
          ? `Exported payout ${batch.number}`
          : `Exported payout ${batch.number} with the payout details of ` +
            (read === 1 ? "1 customer" : `${read} customers`),
      detail: { number: batch.number, people: people.length, details: read },
    });
    return { name: `payout-${batch.number}.csv`, csv: payoutCsv(people) };
  });
}

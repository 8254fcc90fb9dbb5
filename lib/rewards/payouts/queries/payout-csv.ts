import { csvLine } from "@/lib/core/values/csv";
import { assetCode, decimal } from "@/lib/core/money";
import type { PayoutPerson } from "./payouts";

/** A payout as a file for the bank or for a spreadsheet: one line per person. */
export function payoutCsv(people: readonly PayoutPerson[]): string {
  const lines = people.map(({ name, email, customerRef, amount, rewardIds }) => [
    name,
    email,
    customerRef,
    decimal(amount),
    assetCode(amount.asset),
    rewardIds.join(" "),
  ]);
  return [["name", "email", "customer id", "amount", "currency", "reward ids"], ...lines]
    .map(csvLine)
    .join("");
}

import { csvHead, csvLine } from "@/lib/core/values/csv";
import { assetCode, decimal } from "@/lib/core/money";
import type { PayoutPerson } from "./payouts";

const COLUMNS = ["name", "email", "customer id", "amount", "currency", "reward ids"];

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
  return csvHead(COLUMNS) + lines.map(csvLine).join("");
}

import { csvHead, csvLine } from "@/lib/core/values/csv";
import { assetCode, decimal } from "@/lib/core/money";
import type { PayoutDetails } from "../../destinations/schema";
import type { PayoutPerson } from "./people";

const COLUMNS = [
  "name",
  "email",
  "customer id",
  "amount",
  "currency",
  "reward ids",
  "pay by",
  "account holder",
  "pay to",
];

type Line = Omit<PayoutPerson, "destination"> & { details: PayoutDetails | null };

/** A payout as a file for the bank or for a spreadsheet: one line per person. */
export function payoutCsv(people: readonly Line[]): string {
  const lines = people.map(({ name, email, customerRef, amount, rewardIds, details }) => [
    name,
    email,
    customerRef,
    decimal(amount),
    assetCode(amount.asset),
    rewardIds.join(" "),
    ...cellsOf(details),
  ]);
  return csvHead(COLUMNS) + lines.map(csvLine).join("");
}

function cellsOf(details: PayoutDetails | null): (string | null)[] {
  if (!details) return [null, null, null];
  if (details.kind === "iban") return ["IBAN", details.holder, details.iban];
  return details.kind === "paypal"
    ? ["PayPal", null, details.paypal]
    : ["other", null, details.details];
}

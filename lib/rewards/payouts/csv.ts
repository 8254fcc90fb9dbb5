import { assetCode, decimal } from "@/lib/core/money";
import type { PayoutPerson } from "./queries";

/** A pay-out as a file for the bank or for a spreadsheet: one line per person. */
export function payoutCsv(people: readonly PayoutPerson[]): string {
  const lines = people.map(({ name, email, customerRef, amount, rewardIds }) =>
    [name ?? "", email ?? "", customerRef, decimal(amount), assetCode(amount.asset), rewardIds.join(" ")]);
  return [["name", "email", "customer id", "amount", "currency", "reward ids"], ...lines]
    .map((cells) => `${cells.map(csvCell).join(",")}\r\n`).join("");
}

/**
 * A cell that a spreadsheet takes for text: what begins like a formula is kept from being one, since names and addresses are
 * whatever somebody typed.
 */
export function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

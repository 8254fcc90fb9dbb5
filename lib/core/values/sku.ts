import { trimUnseen } from "./invisible";

/**
 * What tells one article from another: its SKU without blanks or invisible characters around it, in
 * lower case. Shop and warehouse rarely spell it alike.
 */
export function skuKey(sku: string): string {
  return trimUnseen(sku).toLowerCase();
}

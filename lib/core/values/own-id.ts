import { z } from "zod";
import { trimUnseen } from "./invisible";

/** The longest id that a merchant may give something: a customer, an order, an event. */
const MAX_ID_LENGTH = 200;

/**
 * The one reader of an id that a merchant gave to a customer, an order or an event: without blanks
 * or invisible characters at its ends, since no two ids differ by those. Its inside stays as it is.
 * @returns null if nothing is left, or it is too long
 */
export function readId(text: string): string | null {
  const id = trimUnseen(text);
  return id === "" || id.length > MAX_ID_LENGTH ? null : id;
}

/** An id to filter a list by, the merchant's or ours; an invalid one matches nothing. */
export const idFilterSchema = z.string().max(MAX_ID_LENGTH).overwrite(trimUnseen);

/** A merchant's own id in a form or a request: read by `readId`, or refused. */
export const idSchema = z
  .string()
  .overwrite(trimUnseen)
  .min(1, "An id needs at least one visible character.")
  .max(MAX_ID_LENGTH, `An id has at most ${MAX_ID_LENGTH} characters.`);

/**
 * What tells one article from another: its SKU without blanks or invisible characters around it, in
 * lower case. Shop and warehouse rarely spell it alike.
 */
export function skuKey(sku: string): string {
  return trimUnseen(sku).toLowerCase();
}

import { z } from "zod";
import { type Asset, currencyAsset, POINTS } from "@/lib/core/money";
import { ACCOUNT_KINDS } from "./accounts";

const reason = z.string("Say why, in a few words.").trim().min(3, "Say why, in a few words.").max(300, "Use at most 300 characters.");
const customerId = z.string("Choose a customer.").min(1, "Choose a customer.").max(40);
const amount = z.string("Enter an amount.").trim().min(1, "Enter an amount.").max(24);

/** Names the deed: a second one under the same key does nothing. */
export const requestKeySchema = z.string().trim().min(1, "Give it a key of its own.").max(120);

/** What staff may adjust: a shop's balances are in its own currency and in points. */
export function adjustableAssets({ currency }: { currency: string }): readonly [Asset, Asset] {
  return [currencyAsset(currency), POINTS];
}

/** A balance set right by hand, as the form sends it. */
export const adjustFormSchema = z.object({
  customerId, asset: z.string().min(1).max(12), direction: z.enum(["add", "take"], "Say which way."), amount, reason, key: requestKeySchema,
});

/** A part of one balance handed to another, as the form sends it. `to` is an address, the shop's own id or ours. */
export const transferFormSchema = z.object({
  customerId, to: z.string("Say to whom.").trim().min(1, "Say to whom.").max(254), asset: z.string().min(1).max(12), amount, reason,
  key: requestKeySchema,
});

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** What the list of transfers can be searched by. Days are the merchant's, both included. */
export const transferFilterSchema = z.object({
  /** Our id of a customer, one of the sides. */
  customer: z.string().max(40).optional(),
  reward: z.string().max(40).optional(),
  /** A part of the cause or of what is written on it. */
  q: z.string().trim().max(120).optional(),
  /** A kind of account, one of the sides. */
  kind: z.enum(ACCOUNT_KINDS).optional(),
  from: day.optional(),
  to: day.optional(),
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type TransferFilter = z.infer<typeof transferFilterSchema>;

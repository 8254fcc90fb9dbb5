import { z } from "zod";
import { DomainError } from "@/lib/core/errors";
import { daySchema } from "@/lib/core/values/day";
import { type Asset, assetCode, currencyAsset, parseMoney, POINTS } from "@/lib/core/money";
import { ACCOUNT_KINDS } from "./rules/accounts";

const reason = z
  .string("Enter a reason.")
  .trim()
  .min(3, "Enter a reason.")
  .max(300, "Use at most 300 characters.");
const customerId = z.string("Choose a customer.").min(1, "Choose a customer.").max(40);
const amount = z.string("Enter an amount.").trim().min(1, "Enter an amount.").max(24);

/** An idempotency key: a second request with the same key does nothing. */
const requestKeySchema = z.string().trim().min(1, "Enter a key.").max(120);

/** What staff may adjust: a shop's balances are in its own currency and in points. */
export function adjustableAssets({ currency }: { currency: string }): readonly [Asset, Asset] {
  return [currencyAsset(currency), POINTS];
}

type Shop = { currency: string };

/** The asset and the minor units of a typed amount, which must be more than 0. */
function readAmount(
  shop: Shop,
  { asset: code, amount }: { asset: string; amount: string },
  context: z.RefinementCtx,
) {
  const refuse = (message: string, path: string) => {
    context.addIssue({ code: "custom", message, path: [path] });
    return z.NEVER;
  };
  const asset = adjustableAssets(shop).find((known) => known === code);
  if (!asset) return refuse("Choose one of your balances.", "asset");
  try {
    const { minor } = parseMoney(amount, asset);
    return minor > 0n ? { asset, minor } : refuse("Enter more than 0.", "amount");
  } catch (error) {
    if (error instanceof DomainError) return refuse(error.message, "amount");
    throw error;
  }
}

/** An adjustment of a balance, as the form sends it. */
export function adjustFormSchema(shop: Shop) {
  return z
    .object({
      customerId,
      asset: z.string(),
      direction: z.enum(["add", "take"], "Choose whether to add or to take."),
      amount,
      reason,
      key: requestKeySchema,
    })
    .transform(({ direction, ...form }, context) => {
      const { asset, minor } = readAmount(shop, form, context);
      return {
        customerId: form.customerId,
        asset,
        minor: direction === "take" ? -minor : minor,
        reason: form.reason,
        key: form.key,
      };
    });
}

/**
 * A transfer from one balance to another, as the form sends it. `to` is the shop's own id of a
 * customer, or ours.
 */
export function transferFormSchema(shop: Shop) {
  return z
    .object({
      customerId,
      to: z.string("Enter a customer.").trim().min(1, "Enter a customer.").max(254),
      asset: z.string(),
      amount,
      reason,
      key: requestKeySchema,
    })
    .transform((form, context) => ({
      fromCustomerId: form.customerId,
      to: form.to,
      reason: form.reason,
      key: form.key,
      ...readAmount(shop, form, context),
    }));
}

/** What the API takes: a signed amount in the shop's currency or in points ("PTS"). */
export const adjustJsonSchema = z.strictObject({
  amount: z
    .string()
    .regex(/^-?\d+(\.\d+)?$/, "Write it like 10.00 or -10.00.")
    .max(24)
    .meta({
      description: "A decimal number as text; a negative amount is taken from the balance.",
      example: "-5.00",
    }),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .meta({ description: "Your currency, or PTS for points.", example: "USD" }),
  reason: reason.meta({ description: "Why; kept in the ledger and in the audit log." }),
  key: requestKeySchema.meta({
    description: "Your own key for this adjustment. The same key again changes nothing.",
  }),
});

/**
 * The asset and the signed minor units of an amount from the API. @throws DomainError
 * invalid_request
 */
export function readAdjustment(
  shop: Shop,
  { amount, currency }: { amount: string; currency: string },
): { asset: Asset; minor: bigint } {
  const asset = adjustableAssets(shop).find((known) => assetCode(known) === currency);
  if (!asset)
    throw new DomainError(
      "invalid_request",
      `Balances are in ${shop.currency} or in PTS.`,
      "currency",
    );
  const { minor } = parseMoney(amount, asset);
  if (minor === 0n)
    throw new DomainError("invalid_request", "Enter an amount other than 0.", "amount");
  return { asset, minor };
}

const day = daySchema();

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

import { z } from "zod";
import { emailSchema } from "@/lib/core/values/email";
import { readIban } from "@/lib/core/math/iban";
import { idSchema } from "@/lib/core/values/own-id";
import { oneLine } from "@/lib/customers/rules";
import { payableFilterSchema } from "../payouts/schema";

/** The most that an account's holder may be called at a bank (SEPA), and the longest other text. */
const MOST_OF_HOLDER = 70;
const MOST_OF_TEXT = 200;

const ibanText = z.string("Enter an IBAN.").transform((text, context) => {
  const iban = readIban(text);
  if (iban !== null) return iban;
  context.addIssue({ code: "custom", message: "This IBAN is not complete, or has a typo." });
  return z.NEVER;
});

/** A line of text, without what nobody sees. */
const line = (least: number, most: number, message: string) =>
  z
    .string(message)
    .max(1_000, message)
    .transform(oneLine)
    .refine((text) => text.length >= least && text.length <= most, message);

/** Where a customer's cash goes, as they say it. */
export const detailsSchema = z.discriminatedUnion(
  "kind",
  [
    z.object({
      kind: z.literal("iban"),
      holder: line(2, MOST_OF_HOLDER, "Enter the name of the account’s holder."),
      iban: ibanText,
    }),
    z.object({ kind: z.literal("paypal"), paypal: emailSchema }),
    z.object({
      kind: z.literal("other"),
      details: line(2, MOST_OF_TEXT, "Enter 2 to 200 characters."),
    }),
  ],
  "Choose one.",
);
export type PayoutDetails = z.infer<typeof detailsSchema>;

export const confirmSchema = z.object({ token: z.string().max(1_000) });
export const removeByStaffSchema = z.object({ customerId: idSchema });

/** Whom to ask for details: those who would be in a payout of this filter. */
export const askSchema = payableFilterSchema;

/** Why somebody is left out of a payout. */
export type LeftOutReason = "missing" | "unreadable" | "not_allowed" | "recent";

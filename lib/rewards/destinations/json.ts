import { z } from "zod";
import { jsonTime } from "@/lib/core/json";
import { DESTINATION_KINDS } from "@/lib/merchants/schema";
import type { Scope } from "@/lib/merchants/scope";
import { destinationForStaff } from "./queries/destination";

/** Where a customer's cash goes, as a part of their record: masked, always. */
export const payoutDetailsShape = {
  payoutDetails: z
    .object({
      kind: z.enum(DESTINATION_KINDS),
      masked: z
        .string()
        .nullable()
        .meta({ description: "Null where it can no longer be read; they are asked again." }),
      usableFrom: jsonTime.meta({
        description: "From when on payouts include it: a change waits for some days.",
      }),
    })
    .nullable()
    .meta({
      description:
        "Where their cash rewards are sent, as they confirmed it; null while they have not. Only " +
        "the file of a payout has it in full.",
    }),
};
const payoutDetailsSchema = z.object(payoutDetailsShape);
export type PayoutDetailsJson = z.infer<typeof payoutDetailsSchema>;

/** @throws DomainError forbidden */
export async function payoutDetailsToJson(
  scope: Scope,
  customerId: string,
): Promise<PayoutDetailsJson> {
  const destination = await destinationForStaff(scope, customerId);
  return {
    payoutDetails: destination && {
      kind: destination.kind,
      masked: destination.masked,
      usableFrom: destination.usableFrom.toISOString(),
    },
  };
}

import type { CsvColumns } from "@/lib/core/lists/csv-stream";
import type { EventRow } from "./events";

/** An event as a line of CSV, with what was decided over it. */
export const eventColumns = (): CsvColumns<EventRow> => ({
  id: ({ id }) => id,
  type: ({ type }) => type,
  source: ({ source }) => source,
  occurred: ({ occurredAt }) => occurredAt,
  recorded: ({ recordedAt }) => recordedAt,
  channel: ({ channel }) => channel,
  order: ({ orderId }) => orderId,
  customer: ({ customerId }) => customerId,
  name: ({ customerName }) => customerName,
  email: ({ customerEmail }) => customerEmail,
  referral: ({ referralId }) => referralId,
  processed: ({ processedAt }) => processedAt,
  decisions: ({ decisions }) => decisions?.map(({ message }) => message).join(" ") ?? null,
  error: ({ lastError }) => lastError,
});

import type { CsvColumns } from "@/lib/core/lists/csv-stream";
import { decimal } from "@/lib/core/money";
import type { Scope } from "@/lib/merchants/scope";
import type { CustomerRow } from "./list-customers";

/** A customer as a line of CSV; revenue is after refunds, in the shop's currency. */
export const customerColumns = ({ asset, currency }: Scope): CsvColumns<CustomerRow> => ({
  id: ({ id }) => id,
  shop_id: ({ externalId }) => externalId,
  email: ({ email }) => email,
  name: ({ name }) => name,
  language: ({ locale }) => locale,
  since: ({ createdAt }) => createdAt,
  first_order: ({ firstOrderAt }) => firstOrderAt,
  last_order: ({ lastOrderAt }) => lastOrderAt,
  orders: ({ orderCount }) => orderCount,
  revenue: ({ revenueMinor }) => decimal({ minor: revenueMinor, asset }),
  currency: () => currency,
  programs_joined: ({ advocacies }) => advocacies,
  referred: ({ referred }) => referred,
});

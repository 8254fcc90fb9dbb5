import { customerColumns } from "@/lib/customers/queries/customer-csv";
import { listCustomers } from "@/lib/customers/queries/list-customers";
import { customerFilterSchema } from "@/lib/customers/schema";
import { csvRoute } from "@/lib/auth/csv-route";

/** The customers of the list, as CSV. */
export const GET = csvRoute({
  name: "customers",
  permission: "customer.read",
  filter: customerFilterSchema,
  list: listCustomers,
  columns: customerColumns,
});

import { auditColumns } from "@/lib/merchants/queries/audit-csv";
import { listAudit } from "@/lib/merchants/queries/audit-entries";
import { auditFilterSchema } from "@/lib/merchants/schema";
import { csvRoute } from "@/lib/auth/csv-route";

/** The entries of the audit log, as CSV. */
export const GET = csvRoute({
  name: "audit-log",
  permission: "audit.read",
  filter: auditFilterSchema,
  list: listAudit,
  columns: auditColumns,
});

import type { CsvColumns } from "@/lib/core/lists/csv-stream";
import type { AuditRow } from "./audit-entries";

/** An entry of the audit log as a line of CSV. */
export const auditColumns = (): CsvColumns<AuditRow> => ({
  id: ({ id }) => id,
  at: ({ at }) => at,
  actor: ({ actorLabel }) => actorLabel,
  actor_kind: ({ actorKind }) => actorKind,
  action: ({ action }) => action,
  subject: ({ subjectType }) => subjectType,
  subject_id: ({ subjectId }) => subjectId,
  summary: ({ summary }) => summary,
});

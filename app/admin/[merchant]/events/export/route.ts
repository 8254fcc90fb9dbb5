import { eventColumns } from "@/lib/events/queries/event-csv";
import { eventFilterSchema, listEvents } from "@/lib/events/queries/events";
import { csvRoute } from "@/lib/auth/csv-route";

/** The events of the list, as CSV. */
export const GET = csvRoute({
  name: "events",
  permission: "event.read",
  filter: eventFilterSchema,
  list: listEvents,
  columns: eventColumns,
});

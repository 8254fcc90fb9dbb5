import { reason } from "../routes/entry";
import type { ActionEntry } from "./entry";

export const eventsActions: Record<string, ActionEntry> = {
  "admin/[merchant]/events/actions.ts enter": {
    // Told beside the field, so that a typing error can be corrected.
    member: "event.enter",
    fields: ({ customer }) => ({ kind: "goal", goal: "trial", customer: customer.id }),
    elsewhere: "invalid_request",
  },
  "admin/[merchant]/events/actions.ts tryNow": {
    member: "event.enter",
    fields: ({ waitingEventId }) => ({ eventId: waitingEventId }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/events/actions.ts correct": {
    member: "event.enter",
    fields: ({ waitingEventId, customer }) => ({ eventId: waitingEventId, customer: customer.id }),
    elsewhere: "not_found",
  },
  "admin/[merchant]/events/actions.ts discard": {
    member: "event.discard",
    fields: ({ waitingEventId }) => ({ eventId: waitingEventId, ...reason() }),
    elsewhere: "not_found",
  },
};

import { Prisma } from "@/lib/core/db";
import { DomainError } from "@/lib/core/errors";
import { systemNow } from "@/lib/core/time";
import { noteFailure } from "@/lib/pipeline/intake/note-failure";
import { processEvent } from "@/lib/pipeline/process-event";
import { type DueItem, ofMerchant } from "../due";
import { itemJob } from "./job";

type DueEvent = DueItem & { person: string };

/**
 * Events in the inbox, those of one person one after the other: side by side they would only wait
 * for each other. One that fails stays in the inbox with its error until its next try.
 */
export const processEvents = itemJob<DueEvent>({
  name: "process_events",
  schedule: "always",
  due: (filter) => Prisma.sql`
    SELECT i.merchant_id AS "merchantId", i.event_id AS id, i.next_try_at AS "dueAt",
      COALESCE(
        e.body->'customer'->>'id', e.body->'customer'->>'email', e.visitor_id, e.id
      ) AS person
    FROM event_inbox i JOIN event e ON e.merchant_id = i.merchant_id AND e.id = i.event_id
    WHERE i.next_try_at <= ${systemNow()} AND ${ofMerchant(filter, Prisma.sql`i.merchant_id`)}`,
  late: { afterMinutes: 2, cost: "What events lead to is not visible yet." },
  ownerOf: ({ person }) => person,
  doOne: async (scope, { id }) => {
    await processEvent(scope, id);
    return true;
  },
  // Such as a refund that waits for its order: the inbox shows it with its reason.
  isExpected: (error) => error instanceof DomainError,
  onFailure: (scope, { id }, error) => noteFailure(scope, id, error),
});

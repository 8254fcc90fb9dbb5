import { Prisma } from "@/lib/core/db";
import { systemNow } from "@/lib/core/time";
import { deliverDueMessages } from "@/lib/messaging/commands/deliver-messages";
import { ofMerchant } from "../due";
import type { Job } from "../job-kinds/job";

/** Emails in the outbox, of all merchants; test mode only keeps them. */
export const sendEmails: Job = {
  name: "send_emails",
  schedule: "always",
  waitsForOthers: true,
  onTestClock: false,
  due: (filter) => Prisma.sql`
    SELECT merchant_id AS "merchantId", id, next_try_at AS "dueAt" FROM message
    WHERE state = 'queued' AND next_try_at <= ${systemNow()} AND ${ofMerchant(filter)}`,
  late: { afterMinutes: 10, cost: "Emails are sent late." },
  async run() {
    const { sent, kept } = await deliverDueMessages();
    return sent + kept;
  },
};

import type { ReactNode } from "react";
import { Breakable, DateTime } from "@/components/ui/content/display";
import { type Column, Table, WRAPPED_CELL } from "@/components/ui/content/table";
import { asLocale, LOCALE_NAMES } from "@/lib/core/i18n/locales";
import type { MessageRow } from "@/lib/messaging/queries";
import { TEMPLATE_LABELS } from "@/lib/messaging/schema";
import { MessageState } from "./message-state";

type EmailTableProps = {
  rows: MessageRow[];
  emailHref: (id: string) => string;
  timeZone: string;
  /** The keys of columns to leave out: what the page shows already, or nobody wants to see. */
  without?: readonly string[];
  empty: ReactNode;
};

/** The columns that a member may leave out. */
export const EMAIL_CHOICES = [
  { key: "to", label: "To" },
  { key: "type", label: "Type" },
  { key: "language", label: "Language" },
  { key: "at", label: "Created" },
];

/** Emails with their recipient and state. */
export function EmailTable({ rows, emailHref, timeZone, without = [], empty }: EmailTableProps) {
  return (
    <Table
      caption="Emails"
      narrow="dense"
      rows={rows}
      rowKey={(email) => email.id}
      rowHref={(email) => emailHref(email.id)}
      empty={empty}
      columns={columnsIn(timeZone).filter(({ key }) => !without.includes(key))}
    />
  );
}

function columnsIn(timeZone: string): Column<MessageRow>[] {
  return [
    { key: "subject", header: "Subject", primary: true, cell: (email) => email.subject },
    {
      key: "to",
      header: "To",
      cell: (email) => (
        <span className={WRAPPED_CELL}>
          <Breakable>{email.recipient}</Breakable>
        </span>
      ),
    },
    {
      key: "type",
      header: "Type",
      secondary: true,
      cell: (email) => TEMPLATE_LABELS[email.template] ?? email.template,
    },
    {
      key: "language",
      header: "Language",
      secondary: true,
      cell: (email) => LOCALE_NAMES[asLocale(email.locale)],
    },
    {
      key: "state",
      header: "Status",
      aside: true,
      cell: (email) => <MessageState state={email.state} />,
    },
    {
      key: "at",
      header: "Created",
      cell: (email) => <DateTime value={email.createdAt} timeZone={timeZone} look="dateTime" />,
    },
  ];
}

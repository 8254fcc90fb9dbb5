import { Inbox, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { MESSAGE_STATE_LABELS, MessageState } from "@/components/message/message-state";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { asLocale, LOCALE_NAMES } from "@/lib/core/i18n/locales";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { listMessages, messageCounts } from "@/lib/messaging/queries";
import {
  MESSAGE_STATES,
  messageFilterSchema,
  TEMPLATE_LABELS,
  TEMPLATES,
} from "@/lib/messaging/schema";

export const metadata: Metadata = { title: "Outbox" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function OutboxPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "outbox.read");
  const filter = readFilter(messageFilterSchema, await searchParams);
  const [page, counts] = await Promise.all([
    pageFrom(filter, (at) => listMessages(scope, at)),
    messageCounts(scope),
  ]);
  const admin = adminPaths(slug);
  const base = admin.outbox;
  const { cursor, limit: _, ...chosen } = filter;
  const isFiltered = Object.values(chosen).some((value) => value !== undefined);
  return (
    <>
      <PageHeader
        title="Outbox"
        description="Every mail to your customers and their friends, as they got it."
      />
      <div className="flex flex-col gap-5">
        {counts.failed > 0 && filter.state !== "failed" ? (
          <Alert
            tone="bad"
            action={
              <ButtonLink size="sm" href={`${base}?state=failed`}>
                Look
              </ButtonLink>
            }
          >
            {counts.failed === 1
              ? "One mail could not be sent."
              : `${numberText(counts.failed)} mails could not be sent.`}
          </Alert>
        ) : null}
        {counts.kept > 0 && counts.sent === 0 ? (
          <Alert>
            No mail server is set up, so mails are kept here to be read. Set SMTP_URL and MAIL_FROM
            to send them.
          </Alert>
        ) : null}
        <FilterBar label="Filter mails">
          <SearchField
            name="recipient"
            label="Part of the address"
            defaultValue={filter.recipient}
          />
          <FilterSelect
            name="template"
            label="Mail"
            defaultValue={filter.template}
            options={TEMPLATES.map((template) => ({
              value: template,
              label: TEMPLATE_LABELS[template],
            }))}
          />
          <FilterSelect
            name="state"
            label="State"
            defaultValue={filter.state}
            options={MESSAGE_STATES.map((state) => ({
              value: state,
              label: MESSAGE_STATE_LABELS[state],
            }))}
          />
        </FilterBar>
        <Card flush>
          <Table
            caption="Mails"
            rows={page.rows}
            rowKey={(mail) => mail.id}
            rowHref={(mail) => admin.email(mail.id)}
            empty={
              isFiltered ? (
                <Empty
                  title="Nothing matches"
                  icon={<SearchX aria-hidden="true" />}
                  action={<ButtonLink href={base}>Show all</ButtonLink>}
                  bare
                >
                  Try a part of the address, or take a filter away.
                </Empty>
              ) : (
                <Empty title="No mail yet" icon={<Inbox aria-hidden="true" />} bare>
                  The first one goes out when a customer joins a program.
                </Empty>
              )
            }
            columns={[
              { key: "subject", header: "Subject", primary: true, cell: (mail) => mail.subject },
              {
                key: "to",
                header: "To",
                cell: (mail) => (
                  <span className="inline-block max-w-60 truncate align-middle">
                    {mail.recipient}
                  </span>
                ),
              },
              {
                key: "mail",
                header: "Mail",
                cell: (mail) => TEMPLATE_LABELS[mail.template] ?? mail.template,
              },
              {
                key: "language",
                header: "Language",
                secondary: true,
                cell: (mail) => LOCALE_NAMES[asLocale(mail.locale)],
              },
              {
                key: "state",
                header: "State",
                cell: (mail) => <MessageState state={mail.state} />,
              },
              {
                key: "at",
                header: "Written",
                cell: (mail) => (
                  <DateTime value={mail.createdAt} timeZone={scope.timeZone} look="dateTime" />
                ),
              },
            ]}
          />
          <Pagination
            newerHref={cursor ? withQuery(base, chosen) : null}
            olderHref={
              page.nextCursor ? withQuery(base, { ...chosen, cursor: page.nextCursor }) : null
            }
            nav="Pages of emails"
          />
        </Card>
      </div>
    </>
  );
}

import { Inbox, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { ActionButton } from "@/components/forms/action-button";
import { EmailTable } from "@/components/message/email-table";
import { MESSAGE_STATE_LABELS } from "@/components/message/message-state";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { listMessages, messageCounts } from "@/lib/messaging/queries";
import {
  MESSAGE_STATES,
  type MessageFilter,
  messageFilterSchema,
  TEMPLATE_LABELS,
  TEMPLATES,
} from "@/lib/messaging/schema";
import { release } from "../actions";

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
      <PageHeader title="Outbox" description="Every email to your customers and their friends." />
      <div className="flex flex-col gap-5">
        <Problems base={base} counts={counts} shown={filter.state} />
        <Held base={base} count={counts.held} shown={filter.state} scope={scope} />
        <Filters filter={filter} />
        <Card flush>
          <EmailTable
            rows={page.rows}
            emailHref={admin.email}
            timeZone={scope.timeZone}
            empty={
              isFiltered ? (
                <Empty
                  title="No emails found"
                  icon={<SearchX aria-hidden="true" />}
                  action={<ButtonLink href={base}>Show all</ButtonLink>}
                  bare
                >
                  Try part of the email address, or remove a filter.
                </Empty>
              ) : (
                <Empty title="No emails yet" icon={<Inbox aria-hidden="true" />} bare>
                  The first one is sent when a customer joins a program.
                </Empty>
              )
            }
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

type ProblemsProps = {
  base: string;
  counts: Awaited<ReturnType<typeof messageCounts>>;
  shown: MessageFilter["state"];
};

function Problems({ base, counts, shown }: ProblemsProps) {
  return (
    <>
      {counts.failed > 0 && shown !== "failed" ? (
        <Alert
          tone="bad"
          action={
            <ButtonLink size="sm" href={`${base}?state=failed`}>
              View
            </ButtonLink>
          }
        >
          {counts.failed === 1
            ? "1 email couldn’t be sent."
            : `${numberText(counts.failed)} emails couldn’t be sent.`}
        </Alert>
      ) : null}
      {counts.kept > 0 && counts.sent === 0 ? (
        <Alert>
          No email server is set up, so emails are only shown here. Set SMTP_URL and MAIL_FROM to
          send them.
        </Alert>
      ) : null}
    </>
  );
}

type HeldProps = {
  base: string;
  count: number;
  shown: MessageFilter["state"];
  scope: Scope;
};

/** How many emails are held back by a limit, and what to do about it. */
function Held({ base, count, shown, scope }: HeldProps) {
  if (count === 0) return null;
  const releaseAll = scopeAllows(scope, "outbox.release") ? (
    <ActionButton
      action={release.bind(null, scope.merchantSlug)}
      fields={{}}
      done="Emails released."
    >
      Send all
    </ActionButton>
  ) : null;
  return (
    <Alert
      tone="warn"
      action={
        shown === "held" ? (
          releaseAll
        ) : (
          <ButtonLink size="sm" href={`${base}?state=held`}>
            View
          </ButtonLink>
        )
      }
    >
      {count === 1
        ? "1 email is held back by a limit."
        : `${numberText(count)} emails are held back by a limit.`}{" "}
      Each person gets at most 30 in 24 hours, and a shop sends as many as this server allows.
    </Alert>
  );
}

function Filters({ filter }: { filter: MessageFilter }) {
  return (
    <FilterBar label="Filter emails">
      <SearchField name="recipient" label="Search recipient" defaultValue={filter.recipient} />
      <FilterSelect
        name="template"
        label="Type"
        defaultValue={filter.template}
        options={TEMPLATES.map((template) => ({
          value: template,
          label: TEMPLATE_LABELS[template],
        }))}
      />
      <FilterSelect
        name="state"
        label="Status"
        defaultValue={filter.state}
        options={MESSAGE_STATES.map((state) => ({
          value: state,
          label: MESSAGE_STATE_LABELS[state],
        }))}
      />
    </FilterBar>
  );
}

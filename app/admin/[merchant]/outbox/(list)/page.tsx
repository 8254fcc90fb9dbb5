import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { ActionButton } from "@/components/forms/action-button";
import { EMAIL_CHOICES, EmailTable } from "@/components/message/email-table";
import { MESSAGE_STATE_LABELS } from "@/components/message/message-state";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { FilterDays, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { numberText } from "@/components/ui/format";
import { ListPage } from "@/components/ui/page/list-page";
import { NoMatches } from "@/components/ui/page/no-matches";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { listMessages, messageCounts } from "@/lib/messaging/queries";
import { MESSAGE_STATES, TEMPLATE_LABELS, TEMPLATES } from "@/lib/messaging/schema";
import { type MessageFilter, messageFilterSchema } from "@/lib/messaging/outbox-schema";
import { release } from "../actions";
import { hiddenColumns, ListTools } from "../../_lists/list-tools";

export const metadata: Metadata = { title: "Outbox" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function OutboxPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "outbox.read");
  const filter = readFilter(messageFilterSchema, await searchParams);
  const [page, counts, hidden] = await Promise.all([
    pageFrom(filter, (at) => listMessages(scope, at)),
    messageCounts(scope),
    hiddenColumns("emails"),
  ]);
  const admin = adminPaths(slug);
  const base = admin.outbox;
  const { cursor: _, limit: __, ...chosen } = filter;
  const isFiltered = Object.values(chosen).some((value) => value !== undefined);
  return (
    <ListPage
      title="Outbox"
      description="Every email to your customers and their friends."
      noun="emails"
      base={base}
      filter={filter}
      nextCursor={page.nextCursor}
      notices={
        <>
          <Problems base={base} counts={counts} shown={filter.state} />
          <Held base={base} count={counts.held} shown={filter.state} scope={scope} />
        </>
      }
      tools={<ListTools scope={scope} list="emails" base={base} columns={EMAIL_CHOICES} />}
      filters={<Filters filter={filter} />}
    >
      <EmailTable
        rows={page.rows}
        emailHref={admin.email}
        timeZone={scope.timeZone}
        without={hidden}
        empty={isFiltered ? <NoMatches href={base} /> : <NoEmails />}
      />
    </ListPage>
  );
}

function NoEmails() {
  return (
    <Empty title="No emails yet" icon={<Inbox aria-hidden="true" />} bare>
      The first one is sent when a customer joins a program.
    </Empty>
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
    <>
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
      <FilterDays from={filter.from} to={filter.to} />
    </>
  );
}

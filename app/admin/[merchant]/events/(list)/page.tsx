import { CalendarClock, Plus } from "lucide-react";
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { EVENT_CHOICES, EventTable } from "@/components/event/event-table";
import { ClicksLeftOut } from "@/components/event/clicks-left-out";
import { SetAsideTable } from "@/components/event/set-aside-table";
import { WaitingTable } from "@/components/event/waiting-table";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { FilterDays, FilterSelect } from "@/components/ui/page/filter-bar";
import { ListPage } from "@/components/ui/page/list-page";
import { NoMatches } from "@/components/ui/page/no-matches";
import { Pagination } from "@/components/ui/page/pagination";
import { Tabs } from "@/components/ui/page/tabs";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { systemNow } from "@/lib/core/time";
import {
  clicksLeftOut,
  type EventFilter,
  eventFilterSchema,
  eventTypes,
  listEvents,
} from "@/lib/events/queries/events";
import { listSetAside, listWaiting } from "@/lib/events/queries/inbox";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { SetAsideAlert } from "@/components/event/set-aside-alert";
import { hiddenColumns, ListTools } from "../../_lists/list-tools";
import { tryNow } from "../actions";

export const metadata: Metadata = { title: "Events" };

const LEFT_OUT_DAYS = 30;

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function EventsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "event.read");
  const query = await searchParams;
  const filter = readFilter(eventFilterSchema, query);
  const view = query.view === "waiting" || query.view === "set-aside" ? query.view : null;
  const queue = await listWaiting(scope);
  const admin = adminPaths(slug);
  const mayEnter = scopeAllows(scope, "event.enter");
  const clicksHref = `${admin.events}?kind=clicks`;
  const waitingHref = `${admin.events}?view=waiting`;
  const setAsideHref = admin.eventsSetAside;
  const chosen = filter.kind === "clicks" ? clicksHref : admin.events;
  const tabs = (
    <Tabs
      label="Events"
      current={view === null ? chosen : view === "waiting" ? waitingHref : setAsideHref}
      tabs={[
        { label: "Events", href: admin.events },
        { label: "Clicks", href: clicksHref },
        { label: "Waiting", href: waitingHref, count: queue.waiting },
        { label: "Set aside", href: setAsideHref, count: queue.setAside },
      ]}
    />
  );
  const actions = (
    <>
      <ButtonLink href="/docs">Documentation</ButtonLink>
      {mayEnter ? (
        <ButtonLink variant="primary" href={admin.newEvent} icon={<Plus aria-hidden="true" />}>
          Add event
        </ButtonLink>
      ) : null}
    </>
  );
  const notices = (
    <>
      {queue.setAside > 0 && view !== "set-aside" ? (
        <SetAsideAlert count={queue.setAside} href={setAsideHref} />
      ) : null}
      {queue.failed > 0 && view === null ? (
        <Failed count={queue.failed} href={waitingHref} />
      ) : null}
    </>
  );
  if (view === null) return <Facts {...{ scope, filter, tabs, notices, actions }} />;
  return (
    <ListPage
      {...TITLE}
      base={admin.events}
      filter={{}}
      nextCursor={null}
      actions={actions}
      tabs={tabs}
      notices={notices}
    >
      {view === "set-aside" ? (
        <SetAside scope={scope} count={queue.setAside} />
      ) : (
        <Waiting scope={scope} queue={queue} mayEnter={mayEnter} />
      )}
    </ListPage>
  );
}

const TITLE = {
  title: "Events",
  description: "Everything your shop reported and people did, and what came of it.",
  noun: "events",
};

function Failed({ count, href }: { count: number; href: string }) {
  return (
    <Alert tone="warn" action={<TextLink href={href}>View</TextLink>}>
      {count === 1
        ? "1 event hasn’t been processed yet."
        : `${count} events haven’t been processed yet.`}{" "}
      They are retried automatically.
    </Alert>
  );
}

type Queue = Awaited<ReturnType<typeof listWaiting>>;
type WaitingProps = { scope: Scope; queue: Queue; mayEnter: boolean };

function Waiting({ scope, queue, mayEnter }: WaitingProps) {
  return (
    <>
      <WaitingTable
        rows={queue.rows}
        eventHref={adminPaths(scope.merchantSlug).event}
        now={systemNow()}
        timeZone={scope.timeZone}
        tryNow={mayEnter ? tryNow.bind(null, scope.merchantSlug) : null}
        empty={
          <Empty title="All events are processed" icon={<CalendarClock aria-hidden="true" />} bare>
            Failed events are retried here. After ten attempts they are set aside.
          </Empty>
        }
      />
      <Pagination
        summary={
          queue.waiting > queue.rows.length
            ? `${queue.rows.length} of ${queue.waiting}, failed first`
            : null
        }
      />
    </>
  );
}

async function SetAside({ scope, count }: { scope: Scope; count: number }) {
  const rows = await listSetAside(scope);
  return (
    <>
      <SetAsideTable
        rows={rows}
        eventHref={adminPaths(scope.merchantSlug).event}
        now={systemNow()}
        timeZone={scope.timeZone}
        empty={
          <Empty title="No events are set aside" icon={<CalendarClock aria-hidden="true" />} bare>
            An event that fails ten times appears here, so you can retry, correct or discard it.
          </Empty>
        }
      />
      <Pagination
        summary={count > rows.length ? `${rows.length} of ${count}, oldest first` : null}
      />
    </>
  );
}

type FactsProps = {
  scope: Scope;
  filter: EventFilter;
  tabs: ReactNode;
  notices: ReactNode;
  actions: ReactNode;
};

/** Facts or clicks, newest first. */
async function Facts({ scope, filter, tabs, notices, actions }: FactsProps) {
  const isClicks = filter.kind === "clicks";
  const [page, types, hidden, leftOut] = await Promise.all([
    pageFrom(filter, (at) => listEvents(scope, at)),
    eventTypes(scope),
    hiddenColumns("events"),
    isClicks ? clicksLeftOut(scope, LEFT_OUT_DAYS) : null,
  ]);
  const { type, customer, from, to } = filter;
  const isNarrowed = Boolean(type ?? customer ?? from ?? to);
  const { events: base, event: eventHref, eventsExport } = adminPaths(scope.merchantSlug);
  return (
    <ListPage
      {...TITLE}
      base={base}
      filter={{ ...filter, kind: isClicks ? "clicks" : undefined }}
      nextCursor={page.nextCursor}
      exportHref={eventsExport}
      actions={actions}
      tabs={tabs}
      notices={
        <>
          {notices}
          {leftOut && leftOut.clicks > 0 ? (
            <ClicksLeftOut {...leftOut} days={LEFT_OUT_DAYS} />
          ) : null}
        </>
      }
      keep={["kind", "customer"]}
      tools={<ListTools scope={scope} list="events" base={base} columns={EVENT_CHOICES} />}
      filters={
        <>
          {isClicks ? null : (
            <FilterSelect
              name="type"
              label="Type"
              defaultValue={type}
              options={types.map((value) => ({ value, label: value }))}
            />
          )}
          <FilterDays from={from} to={to} />
        </>
      }
    >
      <EventTable
        rows={page.rows}
        eventHref={eventHref}
        timeZone={scope.timeZone}
        without={isClicks ? ["customer", ...hidden] : hidden}
        empty={isNarrowed ? <NoMatches href={base} /> : <NoEvents clicks={isClicks} />}
      />
    </ListPage>
  );
}

function NoEvents({ clicks }: { clicks: boolean }) {
  return (
    <Empty
      title={clicks ? "No clicks yet" : "No events yet"}
      icon={<CalendarClock aria-hidden="true" />}
      bare
    >
      {clicks
        ? "Everyone who opens a share link appears here once. Bots and link previews don’t count."
        : "Events come from your shop through the API, from customers and friends, or by hand."}
    </Empty>
  );
}

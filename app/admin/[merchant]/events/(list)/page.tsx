import { CalendarClock, Plus, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { EventTable } from "@/components/event/event-table";
import { SetAsideTable } from "@/components/event/set-aside-table";
import { WaitingTable } from "@/components/event/waiting-table";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { ExportLink } from "@/components/ui/page/export-link";
import { FilterBar, FilterSelect } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Tabs } from "@/components/ui/page/tabs";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
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
  const chosenHref = filter.kind === "clicks" ? clicksHref : admin.events;
  return (
    <>
      <PageHeader
        title="Events"
        description="Everything your shop reported and people did, and what came of it."
        actions={
          <>
            <ButtonLink href="/docs">Documentation</ButtonLink>
            <ExportLink href={admin.eventsExport} filter={filter} />
            {mayEnter ? (
              <ButtonLink
                variant="primary"
                href={admin.newEvent}
                icon={<Plus aria-hidden="true" />}
              >
                Add event
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <Tabs
        label="Events"
        current={view === null ? chosenHref : view === "waiting" ? waitingHref : setAsideHref}
        tabs={[
          { label: "Events", href: admin.events },
          { label: "Clicks", href: clicksHref },
          { label: "Waiting", href: waitingHref, count: queue.waiting },
          { label: "Set aside", href: setAsideHref, count: queue.setAside },
        ]}
      />
      <div className="flex flex-col gap-5">
        {queue.setAside > 0 && view !== "set-aside" ? (
          <SetAsideAlert count={queue.setAside} href={setAsideHref} />
        ) : null}
        {queue.failed > 0 && view === null ? (
          <Alert tone="warn" action={<TextLink href={waitingHref}>View</TextLink>}>
            {queue.failed === 1
              ? "1 event hasn’t been processed yet."
              : `${queue.failed} events haven’t been processed yet.`}{" "}
            They are retried automatically.
          </Alert>
        ) : null}
        {view === "set-aside" ? <SetAside scope={scope} count={queue.setAside} /> : null}
        {view === "waiting" ? <Waiting scope={scope} queue={queue} mayEnter={mayEnter} /> : null}
        {view === null ? <Facts scope={scope} filter={filter} base={admin.events} /> : null}
      </div>
    </>
  );
}

type WaitingProps = {
  scope: Scope;
  queue: Awaited<ReturnType<typeof listWaiting>>;
  mayEnter: boolean;
};

function Waiting({ scope, queue, mayEnter }: WaitingProps) {
  return (
    <Card flush>
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
    </Card>
  );
}

async function SetAside({ scope, count }: { scope: Scope; count: number }) {
  const rows = await listSetAside(scope);
  return (
    <Card flush>
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
    </Card>
  );
}

async function Facts({ scope, filter, base }: { scope: Scope; filter: EventFilter; base: string }) {
  const [page, types] = await Promise.all([
    pageFrom(filter, (at) => listEvents(scope, at)),
    eventTypes(scope),
  ]);
  const { type, customer } = filter;
  const kind = filter.kind === "clicks" ? "clicks" : undefined;
  const leftOut = kind ? await clicksLeftOut(scope, LEFT_OUT_DAYS) : null;
  const chosen = { kind, type, customer };
  return (
    <>
      {leftOut && leftOut.clicks > 0 ? <LeftOut {...leftOut} /> : null}
      {kind ? null : (
        <FilterBar label="Filter events" keep={["kind", "customer"]}>
          <FilterSelect
            name="type"
            label="Type"
            defaultValue={type}
            options={types.map((value) => ({ value, label: value }))}
          />
        </FilterBar>
      )}
      <Card flush>
        <EventTable
          rows={page.rows}
          eventHref={adminPaths(scope.merchantSlug).event}
          timeZone={scope.timeZone}
          without={kind ? ["customer"] : []}
          empty={
            type || customer ? <NoMatch base={base} /> : <NoEvents clicks={kind === "clicks"} />
          }
        />
        <Pagination
          newerHref={filter.cursor ? withQuery(base, chosen) : null}
          olderHref={
            page.nextCursor ? withQuery(base, { ...chosen, cursor: page.nextCursor }) : null
          }
          nav="Pages of events"
        />
      </Card>
    </>
  );
}

function LeftOut({ clicks, links }: { clicks: number; links: number }) {
  return (
    <Alert tone="warn">
      {`${many(clicks, "more click")} on ${many(links, "link")} in the last ${LEFT_OUT_DAYS} days `}
      came in bursts from one network. They led to the invitation and weren’t counted.
    </Alert>
  );
}

function many(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function NoMatch({ base }: { base: string }) {
  return (
    <Empty
      title="No events found"
      icon={<SearchX aria-hidden="true" />}
      action={<ButtonLink href={base}>Show all</ButtonLink>}
      bare
    >
      No events of this type were recorded.
    </Empty>
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

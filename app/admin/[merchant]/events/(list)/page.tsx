import { CalendarClock, Plus, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { EventTable } from "@/components/event/event-table";
import { WaitingTable } from "@/components/event/waiting-table";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { Tabs } from "@/components/ui/page/tabs";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { systemNow } from "@/lib/core/time";
import {
  type EventFilter,
  eventFilterSchema,
  eventTypes,
  listEvents,
  listWaiting,
} from "@/lib/events/queries";
import { adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { tryNow } from "../actions";

export const metadata: Metadata = { title: "Events" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

export default async function EventsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "event.read");
  const query = await searchParams;
  const filter = readFilter(eventFilterSchema, query);
  const showsQueue = query.view === "waiting";
  const queue = await listWaiting(scope);
  const admin = adminPaths(slug);
  const base = admin.events;
  const mayEnter = scopeAllows(scope, "event.enter");
  const waitingHref = `${base}?view=waiting`;
  return (
    <>
      <PageHeader
        title="Events"
        description="Every fact your shop sent and every step people took, with what followed from it."
        actions={
          mayEnter ? (
            <ButtonLink variant="primary" href={admin.newEvent} icon={<Plus aria-hidden="true" />}>
              Enter by hand
            </ButtonLink>
          ) : null
        }
      />
      <Tabs
        label="Which events"
        current={
          showsQueue ? waitingHref : withQuery(base, { kind: filter.kind === "clicks" && "clicks" })
        }
        tabs={[
          { label: "Facts", href: base },
          { label: "Clicks", href: `${base}?kind=clicks` },
          { label: "Waiting", href: waitingHref, count: queue.waiting },
        ]}
      />
      <div className="flex flex-col gap-5">
        {queue.failed > 0 && !showsQueue ? (
          <Alert tone="warn" action={<TextLink href={waitingHref}>Look</TextLink>}>
            {queue.failed === 1
              ? "One event could not be worked off yet."
              : `${queue.failed} events could not be worked off yet.`}{" "}
            Nothing is lost.
          </Alert>
        ) : null}
        {showsQueue ? (
          <Card flush>
            <WaitingTable
              rows={queue.rows}
              listHref={base}
              now={systemNow()}
              timeZone={scope.timeZone}
              tryNow={mayEnter ? tryNow.bind(null, slug) : null}
              empty={
                <Empty title="Nothing waits" icon={<CalendarClock aria-hidden="true" />} bare>
                  Every event is worked off. One that fails stays here with its error until it
                  works.
                </Empty>
              }
            />
            <Pagination
              summary={
                queue.waiting > queue.rows.length
                  ? `${queue.rows.length} of ${queue.waiting}, those that failed first`
                  : null
              }
            />
          </Card>
        ) : (
          <Facts scope={scope} filter={filter} base={base} />
        )}
      </div>
    </>
  );
}

async function Facts({ scope, filter, base }: { scope: Scope; filter: EventFilter; base: string }) {
  const [page, types] = await Promise.all([
    pageFrom(filter, (at) => listEvents(scope, at)),
    eventTypes(scope),
  ]);
  const { type, customer } = filter;
  const kind = filter.kind === "clicks" ? "clicks" : undefined;
  return (
    <>
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
          listHref={base}
          timeZone={scope.timeZone}
          without={kind ? ["customer"] : []}
          empty={
            type || customer ? (
              <Empty
                title="Nothing matches"
                icon={<SearchX aria-hidden="true" />}
                action={<ButtonLink href={base}>Show all</ButtonLink>}
                bare
              >
                No event of this kind was recorded.
              </Empty>
            ) : (
              <Empty
                title={kind ? "No click yet" : "No event yet"}
                icon={<CalendarClock aria-hidden="true" />}
                bare
              >
                {kind
                  ? "Each person who opens a share link appears here once; bots and previews do not."
                  : "They come from your shop through the API, from your customers’ and friends’ pages, or entered by hand."}
              </Empty>
            )
          }
        />
        <Pagination
          newerHref={filter.cursor ? withQuery(base, { kind, type, customer }) : null}
          olderHref={
            page.nextCursor
              ? withQuery(base, { kind, type, customer, cursor: page.nextCursor })
              : null
          }
          nav="Pages of events"
        />
      </Card>
    </>
  );
}

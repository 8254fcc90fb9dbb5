import { ConfirmAction } from "@/components/forms/confirm-action";
import { AllowEventDialog } from "@/components/keys/allow-event-dialog";
import { Button } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { type Column, Table } from "@/components/ui/content/table";
import { Section } from "@/components/ui/page/page-header";
import { type AllowedEventRow, listAllowedEvents } from "@/lib/events/queries/allowed-events";
import type { Scope } from "@/lib/merchants/scope";
import { letEventCount, stopEventCounting } from "../actions";

/** The types of events that count as goals although web pages sent them. */
export async function WebEvents({ scope, slug }: { scope: Scope; slug: string }) {
  const rows = await listAllowedEvents(scope);
  return (
    <Section
      title="Events from web pages"
      description={
        "Anyone can send events with your publishable key, so events from web pages earn " +
        "nothing. You can allow a goal that only your pages see, up to a daily limit. Every " +
        "reward it earns waits for your review."
      }
    >
      <Card flush>
        <Table
          caption="Events from web pages that count"
          rows={rows}
          rowKey={({ type }) => type}
          empty={
            <Empty title="Web pages can’t earn rewards" bare>
              This is the safest setting. Report goals from your server where you can.
            </Empty>
          }
          columns={columnsFor(slug, scope.timeZone)}
        />
      </Card>
      <div className="mt-4">
        <AllowEventDialog action={letEventCount.bind(null, slug)} />
      </div>
    </Section>
  );
}

function columnsFor(slug: string, timeZone: string): Column<AllowedEventRow>[] {
  return [
    {
      key: "type",
      header: "Type",
      primary: true,
      cell: ({ type }) => <span className="font-mono [overflow-wrap:anywhere]">{type}</span>,
    },
    {
      key: "limit",
      header: "Daily limit",
      cell: ({ perDay, counted }) => (
        <span>
          <span className="figure">{perDay}</span> in each program
          <span className="block text-[0.8125rem] text-ink-muted">
            {counted} counted in the last 24 hours
          </span>
        </span>
      ),
    },
    {
      key: "since",
      header: "Since",
      secondary: true,
      cell: ({ at, actor }) => (
        <span>
          <DateTime value={at} timeZone={timeZone} locale="en" look="date" />
          <span className="block text-[0.8125rem] text-ink-muted">by {actor}</span>
        </span>
      ),
    },
    {
      key: "actions",
      header: <span className="sr-only">Actions</span>,
      acts: true,
      cell: ({ type }) => (
        <span className="flex sm:justify-end">
          <ConfirmAction
            action={stopEventCounting.bind(null, slug)}
            fields={{ type }}
            title={`Stop “${type}” from counting?`}
            description="What has counted so far stays. From now on, it earns nothing."
            confirmLabel="Stop"
            trigger={
              <Button size="sm" variant="quiet" aria-label={`Stop ${type} from counting`}>
                Stop
              </Button>
            }
          />
        </span>
      ),
    },
  ];
}

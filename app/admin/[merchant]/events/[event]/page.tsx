import type { Metadata } from "next";
import { Person } from "@/components/customer/person";
import { DecisionList } from "@/components/event/decision-list";
import { EventOutcome } from "@/components/event/event-outcome";
import { sourceWords } from "@/components/event/event-table";
import { SetAsideDecisions } from "@/components/event/set-aside-decisions";
import { ActionButton } from "@/components/forms/action-button";
import { Alert } from "@/components/ui/content/alert";
import { TextLink } from "@/components/ui/controls/button";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Code, DateTime } from "@/components/ui/content/display";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { eventById, type EventRow } from "@/lib/events/queries/events";
import { blockedWith } from "@/lib/events/queries/inbox";
import type { EventBody } from "@/lib/events/schema";
import { type AdminPaths, adminPaths } from "@/lib/merchants/paths";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { isCorrectable } from "@/lib/pipeline/intake/set-aside/correct-event";
import { correct, discard, tryNow } from "../actions";

export const metadata: Metadata = { title: "Event" };

type Props = { params: Promise<{ merchant: string; event: string }> };

export default async function EventPage({ params }: Props) {
  const { merchant: slug, event: id } = await params;
  const scope = await requireMember(slug, "event.read");
  const event = await found(eventById(scope, id));
  const admin = adminPaths(slug);
  return (
    <>
      <PageHeader
        title={<span className="font-mono text-[0.9em]">{event.type}</span>}
        description={<EventOutcome {...event} isClick={event.type === "click"} />}
        breadcrumbs={[{ label: "Events", href: admin.events }]}
        actions={<Decisions scope={scope} event={event} />}
      />
      <div className="flex flex-col gap-6">
        {event.lastError ? (
          <Alert
            tone="bad"
            title={event.setAsideAt ? "Set aside after ten attempts" : "The last attempt failed"}
          >
            {event.lastError}
          </Alert>
        ) : null}
        <Blocked scope={scope} event={event} admin={admin} />
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <DetailsCard event={event} admin={admin} timeZone={scope.timeZone} />
          <OutcomeCard event={event} />
        </div>
        <Card>
          <CardHeader
            title="As received"
            description="Normalised: codes in capitals, times in UTC."
            className="mb-4"
          />
          <pre
            role="region"
            tabIndex={0}
            aria-label="The event as JSON"
            className="overflow-x-auto rounded-control bg-sunken p-4 font-mono text-[0.8125rem]/5"
          >
            {JSON.stringify(event.body, null, 2)}
          </pre>
        </Card>
      </div>
    </>
  );
}

type ShownEvent = EventRow & { body: unknown };

/** What a member can do about an event that is not processed yet. */
function Decisions({ scope, event }: { scope: Scope; event: ShownEvent }) {
  if (event.attempts === null || !scopeAllows(scope, "event.enter")) return null;
  const slug = scope.merchantSlug;
  if (event.attempts === 0)
    return (
      <ActionButton
        variant="primary"
        action={tryNow.bind(null, slug)}
        fields={{ eventId: event.id }}
        done="Event processed."
      >
        Retry now
      </ActionButton>
    );
  const { customer } = event.body as EventBody;
  return (
    <SetAsideDecisions
      eventId={event.id}
      customer={customer?.id ?? customer?.email ?? ""}
      retry={tryNow.bind(null, slug)}
      correct={isCorrectable(event) ? correct.bind(null, slug) : null}
      discard={scopeAllows(scope, "event.discard") ? discard.bind(null, slug) : null}
    />
  );
}

type BlockedProps = { scope: Scope; event: ShownEvent; admin: AdminPaths };

/** What waits for an event that was set aside, or which one it waits for itself. */
async function Blocked({ scope, event, admin }: BlockedProps) {
  if (event.attempts === null) return null;
  const { blocked, blockedBy } = await blockedWith(scope, event.id);
  if (blockedBy)
    return (
      <Alert tone="warn" action={<TextLink href={admin.event(blockedBy)}>View order</TextLink>}>
        This refund is waiting for its order, which was set aside.
      </Alert>
    );
  if (blocked.length === 0) return null;
  return (
    <Alert
      tone="warn"
      title={
        blocked.length === 1
          ? "A refund is waiting for this order"
          : `${blocked.length} refunds are waiting for this order`
      }
    >
      <ul className="flex flex-wrap gap-x-4">
        {blocked.map((id) => (
          <li key={id} className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
            <TextLink href={admin.event(id)}>{id}</TextLink>
          </li>
        ))}
      </ul>
    </Alert>
  );
}

type DetailsCardProps = { event: EventRow; admin: AdminPaths; timeZone: string };

function DetailsCard({ event, admin, timeZone }: DetailsCardProps) {
  const person = { name: event.customerName, email: event.customerEmail };
  return (
    <Card>
      <CardHeader title="Details" className="mb-4" />
      <DefinitionList
        items={[
          ...(event.customerId
            ? [
                {
                  term: "Customer",
                  value: (
                    <TextLink href={admin.customer(event.customerId)}>
                      <Person person={person} whole />
                    </TextLink>
                  ),
                },
              ]
            : []),
          ...(event.orderId ? [{ term: "Order", value: <Code>{event.orderId}</Code> }] : []),
          {
            term: "Occurred",
            value: <DateTime value={event.occurredAt} timeZone={timeZone} look="dateTime" />,
          },
          {
            term: "Recorded",
            value: <DateTime value={event.recordedAt} timeZone={timeZone} look="dateTime" />,
          },
          { term: "Source", value: sourceWords(event.source) },
          ...(event.channel ? [{ term: "Channel", value: event.channel }] : []),
          ...(event.referralId
            ? [
                {
                  term: "Referral",
                  value: <TextLink href={admin.referral(event.referralId)}>View referral</TextLink>,
                },
              ]
            : []),
          { term: "ID", value: <Code>{event.id}</Code> },
        ]}
      />
    </Card>
  );
}

function OutcomeCard({ event }: { event: EventRow }) {
  return (
    <Card>
      <CardHeader title="Outcome" className="mb-4" />
      {event.decisions && event.decisions.length > 0 ? (
        <DecisionList decisions={event.decisions} />
      ) : (
        <p className="text-sm text-ink-muted">
          {event.processedAt
            ? "Nothing followed from this event."
            : event.type === "click"
              ? "Clicks are only counted."
              : "Not processed yet."}
        </p>
      )}
    </Card>
  );
}

import type { Metadata } from "next";
import { EventForm } from "@/components/event/event-form";
import { Card } from "@/components/ui/content/card";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { dateInZone } from "@/lib/core/time";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeNow } from "@/lib/merchants/scope";
import { enter } from "../actions";

export const metadata: Metadata = { title: "Add event" };

export default async function NewEventPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "event.enter");
  const listHref = adminPaths(slug).events;
  return (
    <>
      <PageHeader
        title="Add event"
        description="For sales your software doesn’t report, such as one at the counter."
        breadcrumbs={[{ label: "Events", href: listHref }]}
      />
      <Card className="max-w-2xl">
        <EventForm
          action={enter.bind(null, slug)}
          currency={scope.currency}
          today={dateInZone(scopeNow(scope), scope.timeZone)}
          cancelHref={listHref}
        />
      </Card>
    </>
  );
}

import { StatusPill } from "@/components/ui/content/badge";
import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { DateTime } from "@/components/ui/content/display";
import type { CustomerDetails } from "@/lib/customers/queries/customers";
import { PROGRAM_EMAIL } from "@/lib/messaging/schema";

type ConsentsCardProps = { consents: CustomerDetails["consents"]; timeZone: string };

/** What the customer agreed to, and where they said so. */
export function ConsentsCard({ consents, timeZone }: ConsentsCardProps) {
  return (
    <Card>
      <CardHeader title="Consents" className="mb-4" />
      {consents.length === 0 ? (
        <p className="text-sm text-ink-muted">
          Not asked yet. Program emails are sent until the customer opts out.
        </p>
      ) : (
        <DefinitionList
          items={consents.map((consent) => ({
            term: consent.purpose === PROGRAM_EMAIL ? "Program emails" : consent.purpose,
            value: consent.granted ? (
              <StatusPill tone="good">Yes</StatusPill>
            ) : (
              <StatusPill tone="warn">No</StatusPill>
            ),
            hint: (
              <>
                By {consent.source},{" "}
                <DateTime value={consent.at} timeZone={timeZone} look="dateTime" />
              </>
            ),
          }))}
        />
      )}
    </Card>
  );
}

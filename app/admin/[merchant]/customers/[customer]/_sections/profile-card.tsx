import { Card, CardHeader } from "@/components/ui/content/card";
import { DefinitionList } from "@/components/ui/content/definition-list";
import { Code, DateTime } from "@/components/ui/content/display";
import { asLocale, LOCALE_NAMES } from "@/lib/core/i18n/locales";
import type { CustomerDetails } from "@/lib/customers/queries/customers";

type ProfileCardProps = { customer: CustomerDetails; timeZone: string };

/** What is known about the customer, with the traits that the shop sent. */
export function ProfileCard({ customer, timeZone }: ProfileCardProps) {
  return (
    <Card>
      <CardHeader title="Profile" className="mb-4" />
      <DefinitionList
        items={[
          ...(customer.email ? [{ term: "Email", value: customer.email }] : []),
          ...(customer.externalId
            ? [{ term: "Your ID", value: <Code>{customer.externalId}</Code> }]
            : []),
          {
            term: "Language",
            value: customer.locale ? LOCALE_NAMES[asLocale(customer.locale)] : "Unknown",
          },
          {
            term: "First seen",
            value: <DateTime value={customer.firstSeenAt} timeZone={timeZone} />,
          },
          ...traitsOf(customer.traits),
          { term: "ID", value: <Code>{customer.id}</Code> },
        ]}
      />
    </Card>
  );
}

function traitsOf(traits: unknown): { term: string; value: string }[] {
  if (traits === null || typeof traits !== "object") return [];
  return Object.entries(traits)
    .slice(0, 20)
    .map(([term, value]) => ({
      term,
      value: typeof value === "string" ? value : JSON.stringify(value),
    }));
}

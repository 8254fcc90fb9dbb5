import { CircleCheck } from "lucide-react";
import type { Metadata } from "next";
import { KeyList } from "@/components/customer/key-list";
import { personName } from "@/components/customer/person";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { TextLink } from "@/components/ui/controls/button";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { groupedBy } from "@/lib/core/collections/grouped-by";
import { doubtedKeys } from "@/lib/customers/queries/keys";
import { adminPaths } from "@/lib/merchants/paths";
import { confirm, takeOff } from "../../customers/actions";

export const metadata: Metadata = { title: "IDs and emails to confirm" };

type Props = { params: Promise<{ merchant: string }> };

/** Keys that may have been put on somebody's record by a web page, for staff to decide. */
export default async function DoubtedKeysPage({ params }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "customer.merge");
  const admin = adminPaths(slug);
  const actions = { confirm: confirm.bind(null, slug), takeOff: takeOff.bind(null, slug) };
  const people = groupedBy(await doubtedKeys(scope), ({ customerId }) => customerId);
  return (
    <>
      <PageHeader
        title="IDs and emails to confirm"
        description={
          "A web page could once create a customer from an ID and an email. Nobody has vouched " +
          "for these pairs since. Confirm what belongs to each customer, and remove the rest."
        }
        breadcrumbs={[{ label: "Needs you", href: admin.needsYou }]}
      />
      {people.size === 0 ? (
        <Empty title="Nothing to confirm" icon={<CircleCheck aria-hidden="true" />}>
          If only a web page ever named an ID and an email together, and a session, a referral or
          money depends on them, they appear here.
        </Empty>
      ) : (
        <ul className="flex max-w-3xl flex-col gap-4">
          {[...people].map(([customerId, keys]) => (
            <li key={customerId}>
              <Card className="flex flex-col gap-4">
                <TextLink href={admin.customer(customerId)} className="self-start font-medium">
                  {personName(keys[0]!)}
                </TextLink>
                <KeyList keys={keys} timeZone={scope.timeZone} actions={actions} />
              </Card>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

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
          "Earlier, a web page could name an ID and an email together and make a customer of " +
          "them. Nobody has vouched for these pairs since: confirm what is theirs, and take off " +
          "the rest."
        }
        breadcrumbs={[{ label: "Needs you", href: admin.needsYou }]}
      />
      {people.size === 0 ? (
        <Empty title="Nothing to confirm" icon={<CircleCheck aria-hidden="true" />}>
          IDs and emails that only a web page named together, where a session, a referral or money
          hangs on them, would appear here.
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

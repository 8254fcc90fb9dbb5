import { UserRoundPlus } from "lucide-react";
import { ReferralTable } from "@/components/referral/referral-table";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { TextLink } from "@/components/ui/controls/button";
import { withQuery } from "@/lib/core/query-string";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { listReferrals } from "@/lib/referrals/queries/referrals";

type LatestReferralsProps = {
  scope: Scope;
  admin: AdminPaths;
  program: { id: string; slug: string };
};

/** The last few friends who came, and the way to all of them. */
export async function LatestReferrals({ scope, admin, program }: LatestReferralsProps) {
  const { rows } = await listReferrals(scope, { program: program.id, limit: 8 });
  return (
    <Card flush>
      <CardHeader
        title="Latest referrals"
        className="px-5 pt-5 pb-3"
        actions={
          rows.length > 0 ? (
            <TextLink
              href={withQuery(admin.referrals, { program: program.slug })}
              className="text-sm"
            >
              All referrals
            </TextLink>
          ) : null
        }
      />
      <ReferralTable
        rows={rows}
        referralHref={admin.referral}
        timeZone={scope.timeZone}
        without={["program"]}
        empty={
          <Empty title="No referrals yet" icon={<UserRoundPlus aria-hidden="true" />} bare>
            Send the link above to a few good customers. The first referral appears here within
            seconds.
          </Empty>
        }
      />
    </Card>
  );
}

import { ReferralTable } from "@/components/referral/referral-table";
import { Card, CardHeader } from "@/components/ui/content/card";
import type { Page } from "@/lib/core/paging";
import { withQuery } from "@/lib/core/query-string";
import type { AdminPaths } from "@/lib/merchants/paths";
import type { ReferralRow } from "@/lib/referrals/queries/referrals";
import { ViewAll } from "./view-all";

type ReferralsProps = {
  customerId: string;
  referrals: Page<ReferralRow>;
  admin: AdminPaths;
  timeZone: string;
};

/** The referrals of a customer: the one that brought them, and those they brought. */
export function ReferralsOfCustomer({ customerId, referrals, admin, timeZone }: ReferralsProps) {
  const asFriend = referrals.rows.filter(({ friendId }) => friendId === customerId);
  const asAdvocate = referrals.rows.filter(
    ({ advocateCustomerId }) => advocateCustomerId === customerId,
  );
  return (
    <>
      {asFriend.length > 0 ? (
        <Card flush>
          <CardHeader title="As a friend" className="px-5 pt-5 pb-3" />
          <ReferralTable rows={asFriend} referralHref={admin.referral} timeZone={timeZone} />
        </Card>
      ) : null}
      {asAdvocate.length > 0 ? (
        <Card flush>
          <CardHeader
            title="Friends referred"
            className="px-5 pt-5 pb-3"
            actions={
              <ViewAll
                href={withQuery(admin.referrals, { customer: customerId })}
                shown={referrals}
              />
            }
          />
          <ReferralTable
            rows={asAdvocate}
            referralHref={admin.referral}
            timeZone={timeZone}
            without={["advocate"]}
          />
        </Card>
      ) : null}
    </>
  );
}

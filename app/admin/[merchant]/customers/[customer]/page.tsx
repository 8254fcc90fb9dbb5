import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { personName } from "@/components/customer/person";
import { Badge } from "@/components/ui/content/badge";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { customerDetails } from "@/lib/customers/queries/customers";
import { adminPaths } from "@/lib/merchants/paths";
import { listReferrals } from "@/lib/referrals/queries/referrals";
import { CustomerPoints } from "../../loyalty/points/customer-points";
import { CustomerTierCard } from "../../loyalty/tiers/customer-tier";
import { EventsOfCustomer, OrdersOfCustomer, RewardsOfCustomer } from "./_sections/activity";
import { AdvocacyCard } from "./_sections/advocacy-card";
import { BalancesCard } from "./_sections/balances-card";
import { ConsentsCard } from "./_sections/consents-card";
import { DuplicatesCard } from "./_sections/duplicates-card";
import { Figures } from "./_sections/figures";
import { KeysCard } from "./_sections/keys-card";
import { MergesCard } from "./_sections/merges-card";
import { PayoutCard } from "./_sections/payout-card";
import { ProfileCard } from "./_sections/profile-card";
import { ReferralsOfCustomer } from "./_sections/referrals-of-customer";

export const metadata: Metadata = { title: "Customer" };

type Props = { params: Promise<{ merchant: string; customer: string }> };

export default async function CustomerPage({ params }: Props) {
  const { merchant: slug, customer: asked } = await params;
  const scope = await requireMember(slug, "customer.read");
  const customer = await found(customerDetails(scope, asked));
  const { id } = customer;
  // The address of a record that was merged leads to the one that remains.
  if (id !== asked) redirect(adminPaths(slug).customer(id));
  const referrals = await listReferrals(scope, { customer: id, limit: 50 });
  const { timeZone } = scope;
  const admin = adminPaths(slug);
  const part = { scope, customerId: id, admin };
  const isFriend = referrals.rows.some(({ friendId }) => friendId === id);
  return (
    <>
      <PageHeader
        title={personName(customer)}
        status={
          <>
            {customer.advocacies.length > 0 ? <Badge tone="accent">Advocate</Badge> : null}
            {isFriend ? <Badge>Friend</Badge> : null}
          </>
        }
        description={customer.name ? customer.email : null}
        breadcrumbs={[{ label: "Customers", href: admin.customers }]}
      />
      <div className="flex flex-col gap-6">
        <Figures scope={scope} customer={customer} />
        <div className="grid items-start gap-6 lg:grid-cols-2">
          <div className="flex flex-col gap-6">
            <ProfileCard customer={customer} timeZone={timeZone} />
            <KeysCard scope={scope} customerId={id} />
            <DuplicatesCard scope={scope} customer={customer} admin={admin} />
            <MergesCard {...part} />
          </div>
          <div className="flex flex-col gap-6">
            <CustomerTierCard {...part} />
            {customer.advocacies.map((advocacy) => (
              <AdvocacyCard
                key={advocacy.advocateId}
                advocacy={advocacy}
                admin={admin}
                timeZone={timeZone}
              />
            ))}
            <BalancesCard {...part} />
            <PayoutCard {...part} />
            <ConsentsCard consents={customer.consents} timeZone={timeZone} />
          </div>
        </div>
        <ReferralsOfCustomer
          customerId={id}
          referrals={referrals}
          admin={admin}
          timeZone={timeZone}
        />
        <CustomerPoints {...part} />
        <RewardsOfCustomer {...part} />
        <OrdersOfCustomer {...part} />
        <EventsOfCustomer {...part} />
      </div>
    </>
  );
}

import { Headset, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { PersonAnswer } from "@/components/desk/person-answer";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { firstOf, type Query } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { serviceSearch } from "@/lib/desk/queries/service-search";
import { DeskTabs } from "./desk-tabs";

export const metadata: Metadata = { title: "Service desk" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

/** One field for whatever a customer tells you on the phone, with the answer in the result. */
export default async function DeskPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "customer.read");
  const { q } = await searchParams;
  const text = firstOf(q)?.trim().slice(0, 200) ?? "";
  const people = text ? await serviceSearch(scope, text) : [];
  return (
    <>
      <PageHeader
        title="Service desk"
        description="“Where is my reward?” Find a customer by whatever they tell you."
      />
      <DeskTabs scope={scope} slug={slug} current="desk" />
      <div className="flex flex-col gap-5">
        <FilterBar label="Find a customer">
          <SearchField
            name="q"
            label="Email, name, order, coupon, code or ID"
            placeholder="Email, name, order, coupon, code…"
            defaultValue={text}
          />
        </FilterBar>
        {text === "" ? (
          <Empty title="Find a customer" icon={<Headset aria-hidden="true" />}>
            Type the beginning of a name or email address, or a whole order number, coupon, share
            code, or reward or referral ID.
          </Empty>
        ) : people.length === 0 ? (
          <Empty title={`No customer found for “${text}”`} icon={<SearchX aria-hidden="true" />}>
            {text.length < 2
              ? "Type at least two characters."
              : "Ask for the order number or the email address used in the shop. Orders that " +
                "have not reached us yet cannot be found."}
          </Empty>
        ) : (
          <ol aria-label="Customers found" className="flex flex-col gap-5">
            {people.map((person) => (
              <li key={person.customerId}>
                <PersonAnswer
                  person={person}
                  admin={adminPaths(slug)}
                  asset={scope.asset}
                  timeZone={scope.timeZone}
                />
              </li>
            ))}
          </ol>
        )}
      </div>
    </>
  );
}

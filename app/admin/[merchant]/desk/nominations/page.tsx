import { Megaphone, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { NominationsTable } from "@/components/desk/nominations-table";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { ListPage } from "@/components/ui/page/list-page";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { listNominations } from "@/lib/nominations/queries/nominations";
import {
  NOMINATION_STATE_LABELS,
  NOMINATION_STATES,
  nominationFilterSchema,
} from "@/lib/nominations/schema";
import { decide } from "../actions";
import { DeskTabs } from "../desk-tabs";

export const metadata: Metadata = { title: "Who told you" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

/** Customers who said after their purchase who told them about the shop. */
export default async function NominationsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "referral.read");
  const filter = readFilter(nominationFilterSchema, await searchParams);
  const page = await pageFrom(filter, (at) => listNominations(scope, at));
  const admin = adminPaths(slug);
  const isFiltered = Boolean(filter.search) || filter.state !== "open";
  return (
    <ListPage
      title="Service desk"
      description={
        "Customers who came without a link say who told them about you. The advocate is asked " +
        "to confirm; your program decides who has the last word."
      }
      noun="answers"
      base={admin.nominations}
      filter={filter}
      nextCursor={page.nextCursor}
      tabs={<DeskTabs scope={scope} slug={slug} current="nominations" />}
      filters={
        <>
          <SearchField
            name="search"
            label="Name, email, order or words"
            defaultValue={filter.search}
          />
          <FilterSelect
            name="state"
            label="Status"
            without="open"
            defaultValue={filter.state === "open" ? undefined : filter.state}
            options={NOMINATION_STATES.map((state) => ({
              value: state,
              label: NOMINATION_STATE_LABELS[state],
            }))}
          />
        </>
      }
    >
      <NominationsTable
        rows={page.rows}
        admin={admin}
        timeZone={scope.timeZone}
        action={scopeAllows(scope, "referral.decide") ? decide.bind(null, slug) : null}
        empty={<NoNominations isFiltered={isFiltered} href={admin.nominations} />}
      />
    </ListPage>
  );
}

function NoNominations({ isFiltered, href }: { isFiltered: boolean; href: string }) {
  return isFiltered ? (
    <Empty
      title="Nothing matches"
      icon={<SearchX aria-hidden="true" />}
      action={<ButtonLink href={href}>Show open answers</ButtonLink>}
      bare
    >
      Try other words or another status.
    </Empty>
  ) : (
    <Empty title="Nothing to decide" icon={<Megaphone aria-hidden="true" />} bare>
      Programs can ask new customers who told them about you. Turn it on in a program’s rules, and
      their answers appear here.
    </Empty>
  );
}

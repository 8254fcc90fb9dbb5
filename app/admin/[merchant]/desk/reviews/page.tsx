import { MessageCircleQuestion, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { QuestionCard } from "@/components/desk/question-card";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { CursorPages } from "@/components/ui/page/cursor-pages";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { listQuestions } from "@/lib/desk/queries/questions";
import { questionFilterSchema } from "@/lib/desk/schema";
import { answer } from "../actions";
import { DeskTabs } from "../desk-tabs";

export const metadata: Metadata = { title: "Questions about rewards" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

/** Questions of customers about their rewards, the oldest open one first. */
export default async function ReviewsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "referral.read");
  const filter = readFilter(questionFilterSchema, await searchParams);
  const page = await pageFrom(filter, (at) => listQuestions(scope, at));
  const admin = adminPaths(slug);
  const base = admin.reviews;
  return (
    <>
      <PageHeader
        title="Service desk"
        description="Customers’ questions about their rewards. They get your answer by email."
      />
      <DeskTabs scope={scope} slug={slug} current="reviews" />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter questions">
          <SearchField name="search" label="Name, email or words" defaultValue={filter.search} />
          <FilterSelect
            name="state"
            label="Status"
            without="open"
            defaultValue={filter.state === "answered" ? "answered" : undefined}
            options={[{ value: "answered", label: "Answered" }]}
          />
        </FilterBar>
        {page.rows.length === 0 ? (
          filter.search ? (
            <Empty
              title="Nothing matches"
              icon={<SearchX aria-hidden="true" />}
              action={<ButtonLink href={base}>Show all</ButtonLink>}
            >
              Try fewer words.
            </Empty>
          ) : (
            <Empty
              title={filter.state === "open" ? "No open questions" : "No answers yet"}
              icon={<MessageCircleQuestion aria-hidden="true" />}
            >
              Customers can ask the shop about a reward on the reward’s page. Their questions appear
              here.
            </Empty>
          )
        ) : (
          <ol aria-label="Questions" className="flex flex-col gap-4">
            {page.rows.map((question) => (
              <li key={question.id}>
                <QuestionCard
                  question={question}
                  admin={admin}
                  timeZone={scope.timeZone}
                  action={scopeAllows(scope, "reward.decide") ? answer.bind(null, slug) : null}
                />
              </li>
            ))}
          </ol>
        )}
        <CursorPages
          base={base}
          filter={filter}
          nextCursor={page.nextCursor}
          nav="Pages of questions"
        />
      </div>
    </>
  );
}

import { MessageCircleQuestion, SearchX } from "lucide-react";
import type { Metadata } from "next";
import { AnswerDialog } from "@/components/desk/answer-dialog";
import { Person } from "@/components/customer/person";
import { RewardState } from "@/components/reward/reward-state";
import { rewardWorth } from "@/components/reward/worth";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { Empty } from "@/components/ui/content/empty";
import { FilterBar, FilterSelect, SearchField } from "@/components/ui/page/filter-bar";
import { PageHeader } from "@/components/ui/page/page-header";
import { Pagination } from "@/components/ui/page/pagination";
import { requireMember } from "@/lib/auth/member";
import { pageFrom, type Query, readFilter, withQuery } from "@/lib/core/query-string";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { possibleOutcomes } from "@/lib/desk/rules";
import { listQuestions } from "@/lib/desk/queries/questions";
import { QUESTION_OUTCOME_LABELS, questionFilterSchema } from "@/lib/desk/schema";
import { rewardReasonWords } from "@/lib/rewards/schema";
import { answer } from "../actions";
import { DeskTabs } from "../desk-tabs";

export const metadata: Metadata = { title: "Questions about rewards" };

type Props = { params: Promise<{ merchant: string }>; searchParams: Promise<Query> };

/** What customers ask about their rewards: the oldest open question first. */
export default async function ReviewsPage({ params, searchParams }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "referral.read");
  const filter = readFilter(questionFilterSchema, await searchParams);
  const page = await pageFrom(filter, (at) => listQuestions(scope, at));
  const admin = adminPaths(slug);
  const base = admin.reviews;
  const { cursor, limit: _, ...chosen } = filter;
  const mayAnswer = scopeAllows(scope, "reward.decide");
  return (
    <>
      <PageHeader
        title="Service desk"
        description="Customers ask you to look at a reward again. They read your answer on its page and by mail."
      />
      <DeskTabs scope={scope} slug={slug} current="reviews" />
      <div className="flex flex-col gap-5">
        <FilterBar label="Filter questions">
          <SearchField name="search" label="Name, address or words" defaultValue={filter.search} />
          <FilterSelect
            name="state"
            label="Open"
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
              title={filter.state === "open" ? "No open question" : "No answer yet"}
              icon={<MessageCircleQuestion aria-hidden="true" />}
            >
              Each reward has a page for its owner, with “Ask for a review” on it. Their questions
              come in here.
            </Empty>
          )
        ) : (
          <ol aria-label="Questions" className="flex flex-col gap-4">
            {page.rows.map((question) => (
              <li key={question.id}>
                <Card>
                  <div className="flex flex-wrap items-start justify-between gap-3">
                    <div className="min-w-0">
                      <TextLink href={admin.customer(question.customerId)}>
                        <Person
                          person={{
                            name: question.customerName,
                            email: question.customerEmail,
                            externalId: question.customerExternalId,
                          }}
                        />
                      </TextLink>
                      <p className="mt-1 text-[0.8125rem]/5 text-ink-muted">
                        <DateTime
                          value={question.createdAt}
                          timeZone={scope.timeZone}
                          look="dateTime"
                        />
                      </p>
                    </div>
                    {question.state === "open" && mayAnswer ? (
                      <AnswerDialog
                        action={answer.bind(null, slug)}
                        questionId={question.id}
                        outcomes={possibleOutcomes({
                          state: question.rewardState,
                          underReview: question.underReview,
                        })}
                      />
                    ) : null}
                  </div>
                  <blockquote className="mt-3 border-l-2 border-line-strong pl-3 text-sm/6 whitespace-pre-line [overflow-wrap:anywhere]">
                    {question.message}
                  </blockquote>
                  <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
                    <TextLink href={admin.reward(question.rewardId)} className="figure font-medium">
                      {rewardWorth(question)}
                    </TextLink>
                    <RewardState
                      reward={{
                        state: question.rewardState,
                        underReview: question.underReview,
                        terms: question.terms,
                      }}
                    />
                    <span className="text-ink-muted">
                      {rewardReasonWords(question.rewardReason)}
                    </span>
                  </p>
                  {question.answer && question.outcome && question.answeredAt ? (
                    <p className="mt-3 border-t border-line pt-3 text-sm/6">
                      <span className="font-medium">
                        {QUESTION_OUTCOME_LABELS[question.outcome]}.
                      </span>{" "}
                      {question.answer}
                      <span className="block text-[0.8125rem]/5 text-ink-muted">
                        {question.answeredBy},{" "}
                        <DateTime
                          value={question.answeredAt}
                          timeZone={scope.timeZone}
                          look="dateTime"
                        />
                      </span>
                    </p>
                  ) : null}
                </Card>
              </li>
            ))}
          </ol>
        )}
        <Pagination
          newerHref={cursor ? withQuery(base, chosen) : null}
          olderHref={
            page.nextCursor ? withQuery(base, { ...chosen, cursor: page.nextCursor }) : null
          }
          nav="Pages of questions"
        />
      </div>
    </>
  );
}

import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { TextLink } from "@/components/ui/controls/button";
import { cx } from "@/components/ui/cx";
import type { FormAction } from "@/lib/core/action-result";
import type { ListedQuestion } from "@/lib/desk/queries/questions";
import { possibleOutcomes } from "@/lib/desk/rules";
import { QUESTION_OUTCOME_LABELS } from "@/lib/desk/schema";
import type { AdminPaths } from "@/lib/merchants/paths";
import { rewardReasonWords } from "@/lib/rewards/schema";
import { Person } from "../customer/person";
import { RewardState } from "../reward/reward-state";
import { rewardWorth } from "../reward/worth";
import { AnswerDialog } from "./answer-dialog";

type QuestionCardProps = {
  question: ListedQuestion;
  admin: AdminPaths;
  timeZone: string;
  /** Null for members who may not answer. */
  action: FormAction<null> | null;
};

/** A customer's question, the reward it is about, and the answer or the way to give one. */
export function QuestionCard({ question, admin, timeZone, action }: QuestionCardProps) {
  const { customerId, customerName, customerEmail, customerExternalId } = question;
  const { rewardId, rewardState: state, rewardReason, underReview, terms } = question;
  return (
    <Card>
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <TextLink href={admin.customer(customerId)}>
            <Person
              person={{ name: customerName, email: customerEmail, externalId: customerExternalId }}
            />
          </TextLink>
          <p className="mt-1 text-[0.8125rem]/5 text-ink-muted">
            <DateTime value={question.createdAt} timeZone={timeZone} look="dateTime" />
          </p>
        </div>
        {question.state === "open" && action ? (
          <AnswerDialog
            action={action}
            questionId={question.id}
            outcomes={possibleOutcomes({ state, underReview })}
          />
        ) : null}
      </div>
      <blockquote
        className={cx(
          "mt-3 border-l-2 border-line-strong pl-3",
          "text-sm/6 [overflow-wrap:anywhere] whitespace-pre-line",
        )}
      >
        {question.message}
      </blockquote>
      <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm">
        <TextLink href={admin.reward(rewardId)} className="figure font-medium">
          {rewardWorth(question)}
        </TextLink>
        <RewardState reward={{ state, underReview, terms }} />
        <span className="text-ink-muted">{rewardReasonWords(rewardReason)}</span>
      </p>
      <Answer question={question} timeZone={timeZone} />
    </Card>
  );
}

function Answer({ question, timeZone }: { question: ListedQuestion; timeZone: string }) {
  const { answer, outcome, answeredAt, answeredBy } = question;
  if (!answer || !outcome || !answeredAt) return null;
  return (
    <p className="mt-3 border-t border-line pt-3 text-sm/6">
      <span className="font-medium">{QUESTION_OUTCOME_LABELS[outcome]}.</span> {answer}
      <span className="block text-[0.8125rem]/5 text-ink-muted">
        {answeredBy}, <DateTime value={answeredAt} timeZone={timeZone} look="dateTime" />
      </span>
    </p>
  );
}

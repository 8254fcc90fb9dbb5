import { ConfirmNomination } from "@/components/refer/friends/confirm-nomination";
import { NominationForm } from "@/components/refer/friends/nomination-form";
import { Card, CardHeader } from "@/components/ui/content/card";
import { dateFormat } from "@/lib/core/zones/format";
import { shownName } from "@/lib/customers/rules";
import { nominationQuestion, nominationsToConfirm } from "@/lib/nominations/queries/nominations";
import { answerNomination, tellWho } from "./nomination-actions";
import type { HomeContext } from "../_home/context";

/**
 * "Who told you?" for a customer who bought without a link, and "Did you tell them?" for the person
 * they named.
 */
export async function NominationSection({
  t,
  locale,
  found: { program, shop },
  entry,
  part: { advocate },
}: HomeContext) {
  const [question, toConfirm] = await Promise.all([
    nominationQuestion(entry.scope, {
      programId: program.id,
      customerId: entry.customerId,
      terms: program.terms,
    }),
    nominationsToConfirm(entry.scope, advocate.id),
  ]);
  const day = dateFormat(locale, { dateStyle: "long", timeZone: shop.timeZone });
  const open = question.kind === "ask" && program.openness.open;
  return (
    <>
      {toConfirm.length > 0 ? (
        <Card>
          <CardHeader title={t("nomination.answerTitle")} />
          <ul className="mt-3 divide-y divide-line">
            {toConfirm.map(({ id, friend, at }) => (
              <li key={id} className="py-3 first:pt-0 last:pb-0">
                <ConfirmNomination
                  action={answerNomination.bind(null, program.slug)}
                  nominationId={id}
                  words={{
                    lead: t("nomination.answerLead", {
                      friend: shownName(friend) ?? t("nomination.someone"),
                      shop: shop.name,
                      date: day.format(at),
                    }),
                    yes: t("nomination.yes"),
                    no: t("nomination.no"),
                  }}
                />
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {open ? (
        <Card>
          <CardHeader
            title={t("nomination.askTitle", { shop: shop.name })}
            description={t("nomination.askLead")}
          />
          <NominationForm
            action={tellWho.bind(null, program.slug)}
            orderId={question.orderId}
            words={{
              label: t("nomination.said"),
              hint: t("nomination.saidHint"),
              send: t("nomination.send"),
            }}
          />
        </Card>
      ) : null}
      {question.kind === "said" ? (
        <p className="text-sm/6 text-ink-muted">{t(saidWords(question.state))}</p>
      ) : null}
    </>
  );
}

/**
 * Whether the named one said no, or the shop did, is between them: the friend reads that it could
 * not be counted.
 */
function saidWords(
  state: string,
): "nomination.accepted" | "nomination.refused" | "nomination.thanks" {
  if (state === "accepted") return "nomination.accepted";
  return state === "declined" || state === "rejected" ? "nomination.refused" : "nomination.thanks";
}

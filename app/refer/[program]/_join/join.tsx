import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { EmailForm } from "@/components/invite/email-form";
import { JoinNow } from "@/components/refer/join/join-now";
import { JoinView } from "@/components/refer/join/join-view";
import { Notice } from "@/components/shop/notice";
import type { CustomerEntry } from "@/lib/auth/customer";
import { LINK_MINUTES } from "@/lib/auth/sign-in/login-token";
import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { dateFormat } from "@/lib/core/zones/format";
import { termsForArm } from "@/lib/terms/rules/applying";
import { limitLines, promiseLines, termsTextOf } from "@/lib/terms/words/promises";
import { joinNow, requestLink } from "./actions";
import type { ReferProgram } from "../load";

/**
 * For someone who has not joined yet: what both get, how it works, and one field, or one button if
 * they are signed in already.
 */
export async function Join({
  found: { shop, program },
  entry,
}: {
  found: ReferProgram;
  entry: CustomerEntry | null;
}) {
  const { t, locale } = await reader();
  // Who has not joined is in no arm of an experiment yet.
  const terms = termsForArm(program.terms, null);
  const closed = closedWords(t, locale, { shop, program });
  const text = termsTextOf(terms, locale);
  const note = t("join.consent", { shop: shop.name });
  return (
    <ShopFrame shop={shop}>
      {closed && entry ? (
        <Notice title={closed.title}>
          <p>{closed.body}</p>
        </Notice>
      ) : (
        <JoinView
          heading={t("join.title", { shop: shop.name })}
          closed={closed}
          advocate={{
            label: t("join.youGet"),
            lines: promiseLines(t, terms, "advocate", "advocate", locale),
          }}
          friend={{
            label: t("join.friendGets"),
            lines: promiseLines(t, terms, "friend", "advocate", locale),
          }}
          limits={limitLines(t, terms, "advocate", locale, shop.timeZone)}
          how={{
            label: t("join.howTitle"),
            steps: [t("join.how1"), t("join.how2"), t("join.how3")],
          }}
          terms={text ? { label: t("refer.terms"), text } : null}
        >
          {entry ? (
            <JoinNow
              action={joinNow.bind(null, program.slug)}
              button={t("join.joinButton")}
              note={note}
            />
          ) : (
            <LinkForm program={program.slug} isClosed={closed !== null} note={note} t={t} />
          )}
        </JoinView>
      )}
    </ShopFrame>
  );
}

type LinkFormProps = { program: string; isClosed: boolean; note: string; t: Translate };

/** Asks for a sign-in link by email; the field stays while a program is paused, for its members. */
function LinkForm({ program, isClosed, note, t }: LinkFormProps) {
  return (
    <EmailForm
      action={requestLink}
      label={t("join.email")}
      placeholder={t("invite.emailPlaceholder")}
      hint={isClosed ? t("join.alreadyIn") : t("join.hint")}
      button={t("join.button")}
      hidden={{ program }}
      {...(!isClosed && { note })}
      sent={{
        title: t("join.sentTitle"),
        body: t("join.sentBody", { email: "{email}", minutes: LINK_MINUTES }),
      }}
    />
  );
}

/** Why no one can join at the moment; null where they can. */
function closedWords(
  t: Translate,
  locale: Locale,
  { shop, program }: Pick<ReferProgram, "shop" | "program">,
): { title: string; body: string } | null {
  if (program.openness.open) return null;
  const { reason } = program.openness;
  if (reason === "paused")
    return { title: t("closed.pausedTitle"), body: t("closed.pausedBody", { shop: shop.name }) };
  if (reason === "not_started") {
    const date = dateFormat(locale, {
      dateStyle: "long",
      timeZone: shop.timeZone,
    }).format(new Date(program.terms.startsAt!));
    return {
      title: t("closed.notStartedTitle"),
      body: t("closed.notStartedBody", { shop: shop.name, date }),
    };
  }
  return { title: t("closed.endedTitle"), body: t("closed.endedBody", { shop: shop.name }) };
}

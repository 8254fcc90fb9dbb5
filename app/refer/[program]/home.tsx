import type { ReactNode } from "react";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { Alert } from "@/components/ui/content/alert";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Button } from "@/components/ui/controls/button";
import { Disclosure } from "@/components/ui/content/disclosure";
import type { CustomerEntry } from "@/lib/auth/customer";
import type { Locale } from "@/lib/core/i18n/locales";
import type { Translate } from "@/lib/core/i18n/translator";
import { customerById } from "@/lib/customers/queries";
import { firstNameOf } from "@/lib/customers/rules";
import { friendCounts } from "@/lib/referrals/friend-counts";
import { limitLines, promiseLines, sideWords, termsTextOf } from "@/lib/programs/wording";
import type { Advocate } from "@/prisma/generated/client";
import { signOut } from "./actions";
import { BoardSection } from "./board-section";
import { FriendsSection } from "./friends-section";
import type { ReferProgram } from "./load";
import { NominationSection } from "./nomination-section";
import { PointsLink } from "./points-link";
import { PrivacySection } from "./privacy-section";
import { RewardsSection } from "./rewards-section";
import { ShareSection } from "./share-section";
import { StandingSection } from "./standing-section";

export type HomeProps = {
  found: ReferProgram;
  entry: CustomerEntry;
  part: { advocate: Advocate; code: string };
  allFriends: boolean;
};

/** What every section of the page works with. */
export type HomeContext = Omit<HomeProps, "allFriends"> & { t: Translate; locale: Locale };

/** An advocate's own page. */
export async function Home({ found, entry, part, allFriends }: HomeProps) {
  const { t, locale } = await reader();
  const { shop, program } = found;
  const context: HomeContext = { found, entry, part, t, locale };
  const customer = await customerById(entry.scope, entry.customerId);
  const name = firstNameOf(customer.name);
  const rested = restingWords(context);
  return (
    <ShopFrame
      shop={shop}
      width="page"
      footer={
        <>
          <span className="min-w-0 truncate">
            {customer.email ? t("refer.signedInAs", { email: customer.email }) : shop.name}
          </span>
          <form action={signOut.bind(null, program.slug)}>
            <Button type="submit" variant="quiet" size="sm">
              {t("refer.signOut")}
            </Button>
          </form>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <header className="flex flex-col gap-1.5">
          <p className="text-sm text-ink-muted">
            {name ? t("refer.hello", { name }) : t("refer.helloNameless")}
          </p>
          <h1 className="text-[1.75rem]/9 font-semibold tracking-tight [overflow-wrap:anywhere]">
            {headline(context)}
          </h1>
        </header>
        {rested ? <Alert tone="warn">{rested}</Alert> : null}
        <NominationSection {...context} />
        {program.openness.open ? <ShareSection {...context} /> : null}
        <Numbers {...context} />
        <StandingSection {...context} />
        <PointsLink {...context} />
        <FriendsSection {...context} all={allFriends} />
        <RewardsSection {...context} />
        <BoardSection {...context} />
        <Terms {...context} />
        <PrivacySection {...context} />
      </div>
    </ShopFrame>
  );
}

function headline({ t, locale, found: { program, shop } }: HomeContext): string {
  const friend = sideWords(t, program.terms, "friend", locale);
  const advocate = sideWords(t, program.terms, "advocate", locale);
  if (friend && advocate) return t("refer.headline", { friend, advocate });
  if (friend) return t("refer.headlineFriend", { friend });
  return advocate
    ? t("refer.headlineAdvocate", { advocate })
    : t("join.title", { shop: shop.name });
}

function restingWords({ t, locale, found: { program, shop } }: HomeContext): string | null {
  if (program.openness.open) return null;
  if (program.openness.reason === "paused") return t("refer.paused", { shop: shop.name });
  if (program.openness.reason !== "not_started") return t("refer.ended");
  const date = new Intl.DateTimeFormat(locale, {
    dateStyle: "long",
    timeZone: shop.timeZone,
  }).format(new Date(program.terms.startsAt!));
  return t("refer.notStarted", { date });
}

async function Numbers({ t, locale, entry, part }: HomeContext) {
  const { joined, confirmed } = await friendCounts(entry.scope, part.advocate.id);
  const rewards = part.advocate.rewardCount;
  const figures: [number, ReactNode][] = [
    [joined, t("refer.joined", { count: joined })],
    [confirmed, t("refer.confirmed", { count: confirmed })],
    [rewards, t("refer.rewardsCount", { count: rewards })],
  ];
  return (
    <section aria-label={t("refer.numbers")}>
      <ul className="grid grid-cols-3 gap-3">
        {figures.map(([number, label], index) => (
          <li
            key={index}
            className="rounded-card border border-line bg-surface px-3 py-4 text-center"
          >
            <p className="figure text-2xl font-semibold tracking-tight">
              {new Intl.NumberFormat(locale).format(number)}
            </p>
            <p className="mt-0.5 text-[0.8125rem]/5 text-ink-muted">{label}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Terms({ t, locale, found: { program, shop } }: HomeContext) {
  const text = termsTextOf(program.terms, locale);
  const lines = (side: "advocate" | "friend") =>
    promiseLines(t, program.terms, side, "advocate", locale).map(({ words, when, hold }) =>
      [words, when, hold].filter(Boolean).join(" · "),
    );
  const sides = [
    [t("join.youGet"), lines("advocate")],
    [t("join.friendGets"), lines("friend")],
  ] as const;
  return (
    <Card>
      <CardHeader title={t("refer.terms")} />
      <div className="mt-3 flex flex-col gap-3 text-sm/6">
        {sides
          .filter(([, items]) => items.length > 0)
          .map(([label, items]) => (
            <div key={label}>
              <p className="text-ink-muted">{label}</p>
              {items.map((item) => (
                <p key={item}>{item}</p>
              ))}
            </div>
          ))}
        <ul className="text-ink-muted">
          {limitLines(t, program.terms, "advocate", locale, shop.timeZone).map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
        {text ? (
          <Disclosure summary={t("invite.terms")}>
            <p className="whitespace-pre-line leading-6">{text}</p>
          </Disclosure>
        ) : null}
      </div>
    </Card>
  );
}

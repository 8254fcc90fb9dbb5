import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { Alert } from "@/components/ui/content/alert";
import { Button } from "@/components/ui/controls/button";
import { dateFormat } from "@/lib/core/zones/format";
import { customerById } from "@/lib/customers/queries/customers";
import { firstNameOf } from "@/lib/customers/rules";
import { sideWords } from "@/lib/terms/words/promises";
import { signOut } from "./actions";
import { FriendsSection } from "../_sections/friends-section";
import { NominationSection } from "../_sections/nomination-section";
import { PrivacySection } from "../_sections/privacy-section";
import { RewardsSection } from "../_sections/rewards-section";
import { ShareSection } from "../_sections/share-section";
import { LeaderboardSection } from "../leaderboard/leaderboard-section";
import { PointsLink } from "../points/points-link";
import { TiersSection } from "../tiers/tiers-section";
import type { HomeContext } from "./context";
import { Numbers } from "./numbers";
import { Terms } from "./terms";

type HomeProps = Omit<HomeContext, "t" | "locale"> & { allFriends: boolean };

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
        <TiersSection {...context} />
        <PointsLink {...context} />
        <FriendsSection {...context} all={allFriends} />
        <RewardsSection {...context} />
        <LeaderboardSection {...context} />
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
  const date = dateFormat(locale, {
    dateStyle: "long",
    timeZone: shop.timeZone,
  }).format(new Date(program.terms.startsAt!));
  return t("refer.notStarted", { date });
}

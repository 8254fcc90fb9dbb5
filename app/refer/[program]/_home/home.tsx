import { reader } from "@/app/reader";
import { Alert } from "@/components/ui/content/alert";
import { dateFormat } from "@/lib/core/zones/format";
import { customerById } from "@/lib/customers/queries/customers";
import { firstNameOf } from "@/lib/customers/rules";
import { sideWords } from "@/lib/terms/words/promises";
import { DetailsSection } from "../_sections/details-section";
import { LatestSection } from "../_sections/latest-section";
import { NameSection } from "../_sections/name-section";
import { NominationSection } from "../_sections/nomination-section";
import { NudgeSection } from "../_sections/nudge-section";
import { ShareSection } from "../_sections/share-section";
import { PayoutPrompt } from "../rewards/payout-card";
import { Celebration } from "../tiers/celebration";
import type { HomeContext } from "./context";
import { CustomerFrame } from "./customer-frame";

/**
 * The first part of an advocate's own page: what is new, one thing to do, and the link to share.
 */
export async function Home({ found, entry, part }: Omit<HomeContext, "t" | "locale">) {
  const { t, locale } = await reader();
  const context: HomeContext = { found, entry, part, t, locale };
  const { name: ownName } = await customerById(entry.scope, entry.customerId);
  const name = firstNameOf(ownName);
  const rested = restingWords(context);
  return (
    <CustomerFrame found={found} entry={entry}>
      <header className="flex flex-col gap-1.5">
        <p className="text-sm text-ink-muted">
          {name ? t("refer.hello", { name }) : t("refer.helloNameless")}
        </p>
        <h1 className="text-[1.75rem]/9 font-semibold tracking-tight [overflow-wrap:anywhere]">
          {headline(context)}
        </h1>
      </header>
      {rested ? <Alert tone="warn">{rested}</Alert> : null}
      <Celebration {...context} />
      <PayoutPrompt {...context} />
      <LatestSection {...context} />
      <NominationSection {...context} />
      {name ? <NudgeSection {...context} /> : <NameSection {...context} />}
      {found.program.openness.open ? <ShareSection {...context} /> : null}
      <DetailsSection {...context} name={ownName} />
    </CustomerFrame>
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

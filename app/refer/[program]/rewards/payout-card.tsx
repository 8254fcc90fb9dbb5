import { Card } from "@/components/ui/content/card";
import { ButtonLink } from "@/components/ui/controls/button";
import { destinationsOf, earnsCash } from "@/lib/rewards/destinations/queries/destination";
import type { HomeContext } from "../_home/context";
import { destinationText } from "./destination-words";

/** The way to say where one's cash goes, for who has earned some and has not said it. */
export async function PayoutPrompt(context: HomeContext) {
  const { scope, customerId } = context.entry;
  const { current } = await destinationsOf(scope, customerId);
  return !current && (await earnsCash(scope, customerId)) ? <PayoutCard {...context} /> : null;
}

/**
 * Where a customer's cash goes, in a line; or the way to say it, for who can earn cash here.
 * Nothing where the shop does not ask.
 */
export async function PayoutCard({ t, found: { shop, program }, entry }: HomeContext) {
  const { kinds, current } = await destinationsOf(entry.scope, entry.customerId);
  const isKnown = current !== null && current.masked !== null && current.isAllowed;
  const isPromised = program.terms.rules.some(({ benefit }) => benefit.kind === "cash");
  if (kinds.length === 0) return null;
  if (!current && !isPromised && !(await earnsCash(entry.scope, entry.customerId))) return null;
  return (
    <Card className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3">
      <div className="min-w-0 flex-1 basis-60">
        <p className={isKnown ? "text-[0.8125rem] text-ink-muted" : "font-semibold"}>
          {t(isKnown ? "payout.current" : "payout.missingTitle")}
        </p>
        <p
          className={
            isKnown
              ? "figure font-medium [overflow-wrap:anywhere] first-letter:uppercase"
              : "text-sm text-ink-muted"
          }
        >
          {isKnown ? destinationText(t, current) : t("payout.missingBody", { shop: shop.name })}
        </p>
      </div>
      <ButtonLink
        href={`/refer/${program.slug}/rewards/payout`}
        variant={isKnown ? "secondary" : "primary"}
      >
        {t(isKnown ? "payout.change" : "payout.enter")}
      </ButtonLink>
    </Card>
  );
}

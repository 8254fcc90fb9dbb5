import { AnswerForm } from "@/components/invite/answer-form";
import { PayoutDetailsForm } from "@/components/refer/rewards/payout-details-form";
import { Alert } from "@/components/ui/content/alert";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Disclosure } from "@/components/ui/content/disclosure";
import { dateFormat } from "@/lib/core/zones/format";
import { customerById } from "@/lib/customers/queries/customers";
import {
  destinationsOf,
  type Destinations,
  type ShownDestination,
} from "@/lib/rewards/destinations/queries/destination";
import { CHANGE_HOLD_DAYS } from "@/lib/rewards/destinations/rules/details";
import type { HomeContext } from "../../_home/context";
import { CustomerFrame } from "../../_home/customer-frame";
import { loadHome } from "../../_home/load-home";
import { Missing } from "../../missing";
import { destinationText } from "../destination-words";
import { removeDetails, requestDetails } from "./actions";

type Props = { params: Promise<{ program: string }> };

/** Where a customer's cash goes: what is known, what waits for a press, and how to change it. */
export default async function PayoutDetailsPage({ params }: Props) {
  const context = await loadHome((await params).program);
  if (!context) return <Missing />;
  const { t, found, entry } = context;
  const destinations = await destinationsOf(entry.scope, entry.customerId);
  const { name } = await customerById(entry.scope, entry.customerId);
  return (
    <CustomerFrame found={found} entry={entry}>
      <header className="flex flex-col gap-1.5">
        <h1 className="text-[1.75rem]/9 font-semibold tracking-tight">{t("payout.title")}</h1>
        <p className="text-ink-muted">{t("payout.lead", { shop: found.shop.name })}</p>
      </header>
      <Requested {...context} destinations={destinations} />
      {destinations.current ? <Current {...context} current={destinations.current} /> : null}
      {destinations.kinds.length > 0 ? (
        <DetailsForm {...context} destinations={destinations} name={name} />
      ) : null}
    </CustomerFrame>
  );
}

type PartProps = HomeContext & { destinations: Destinations };

function Requested({ t, locale, found: { shop }, destinations: { requested } }: PartProps) {
  if (!requested) return null;
  const { email, expiresAt } = requested;
  const date = dateFormat(locale, {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: shop.timeZone,
  }).format(expiresAt);
  return (
    <Alert tone="accent" title={t("payout.waitingTitle")}>
      {t("payout.waiting", { email, destination: destinationText(t, requested), date })}
    </Alert>
  );
}

function Current({
  t,
  locale,
  found: { shop, program },
  current,
}: HomeContext & { current: ShownDestination }) {
  const date = dateFormat(locale, { dateStyle: "long", timeZone: shop.timeZone });
  return (
    <Card className="flex flex-col gap-3">
      <div>
        <p className="text-[0.8125rem] text-ink-muted">{t("payout.current")}</p>
        <p className="figure text-lg font-semibold [overflow-wrap:anywhere] first-letter:uppercase">
          {destinationText(t, current)}
        </p>
      </div>
      {current.masked === null ? (
        <Alert tone="warn">{t("payout.unreadable")}</Alert>
      ) : !current.isAllowed ? (
        <Alert tone="warn">{t("payout.notAllowed", { shop: shop.name })}</Alert>
      ) : !current.isUsable ? (
        <Alert>
          {t("payout.from", { shop: shop.name, date: date.format(current.usableFrom) })}
        </Alert>
      ) : null}
      <Disclosure summary={t("payout.remove")}>
        <p className="mb-3 text-sm/6">{t("email.payoutChanged.removed")}</p>
        <AnswerForm
          action={removeDetails.bind(null, program.slug)}
          button={t("payout.remove")}
          hidden={{}}
          look="quiet"
        />
      </Disclosure>
    </Card>
  );
}

function DetailsForm({
  t,
  found: { shop, program },
  destinations: { kinds, hint, current },
  name,
}: PartProps & { name: string | null }) {
  return (
    <Card>
      <CardHeader
        title={t(current ? "payout.changeTitle" : "payout.missingTitle")}
        description={
          current
            ? t("payout.changeNote", { days: CHANGE_HOLD_DAYS })
            : t("payout.missingBody", { shop: shop.name })
        }
        className="mb-4"
      />
      <PayoutDetailsForm
        action={requestDetails.bind(null, program.slug)}
        kinds={kinds.map((kind) => ({ value: kind, label: t(`payout.kind.${kind}`) }))}
        holder={name ?? ""}
        words={{
          how: t("payout.how"),
          holder: t("payout.holder"),
          holderHint: t("payout.holderHint"),
          iban: t("payout.iban"),
          ibanHint: t("payout.ibanHint"),
          paypal: t("payout.paypal"),
          details: t("payout.details"),
          detailsHint: hint ?? t("payout.detailsHint", { shop: shop.name }),
          note: t("payout.private", { shop: shop.name }),
          save: t("payout.save"),
          sent: t("payout.sent"),
        }}
      />
    </Card>
  );
}

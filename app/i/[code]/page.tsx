import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { reader } from "@/app/reader";
import { ShopFrame } from "@/app/shop-frame";
import { EmailForm } from "@/components/invite/email-form";
import { InviteView } from "@/components/invite/invite-view";
import { customerScope } from "@/lib/auth/customer";
import { publicOrigin } from "@/lib/core/address";
import { type Query, queryOf } from "@/lib/core/query-string";
import { campaignOf } from "@/lib/events/rules/campaign";
import { inviteWords } from "@/lib/terms/words/invite";
import { claimInvitation } from "./actions";
import { readClaimNote } from "./claim-note";
import { Claimed } from "./_answers/claimed";
import { Closed } from "./_answers/closed";
import { loadInvite } from "./load";
import { Emailed, OwnLink } from "./_answers/not-here";

type Props = { params: Promise<{ code: string }>; searchParams: Promise<Query> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const invite = await loadInvite((await params).code);
  const { t, locale } = await reader();
  if (!invite?.program?.openness.open) return { title: { absolute: t("closed.unknownTitle") } };
  const { shop, program, inviter } = invite;
  const { heading, friend } = inviteWords(
    t,
    { terms: program.terms, shop: shop.name, inviter, timeZone: shop.timeZone },
    locale,
  );
  const description = friend.lines[0]
    ? t("invite.description", { benefit: friend.lines[0].words })
    : t("invite.descriptionPlain");
  return {
    metadataBase: new URL(publicOrigin()),
    title: { absolute: heading },
    description,
    openGraph: { title: heading, description, siteName: shop.name, type: "website" },
    twitter: { card: "summary_large_image", title: heading, description },
  };
}

/** The friend's page. */
export default async function InvitePage({ params, searchParams }: Props) {
  const { code: typed } = await params;
  const query = queryOf(await searchParams);
  const invite = await loadInvite(typed);
  if (!invite?.program)
    return <Closed shop={invite?.shop ?? null} openness={null} startsAt={null} />;
  const { shop, program, code, inviter } = invite;
  // One page has one address: what its browser remembers hangs on it.
  if (typed !== code) redirect(query.size > 0 ? `/i/${code}?${query}` : `/i/${code}`);
  const campaign = campaignOf(query);

  // What someone has stays readable when the program is over, so the note comes first.
  const note = query.has("again") ? null : await readClaimNote(code);
  if (note?.kind === "joined" && note.merchantId === invite.scope.merchantId) {
    return <Claimed invite={{ ...invite, program }} note={note} campaign={campaign} />;
  }
  const self = await customerScope(program.slug);
  if (self?.customerId === invite.inviterId)
    return <OwnLink shop={shop} program={program} code={code} />;
  if (!program.openness.open) {
    return <Closed shop={shop} openness={program.openness} startsAt={program.terms.startsAt} />;
  }
  if (note?.kind === "emailed") return <Emailed shop={shop} code={code} email={note.email} />;

  const { t, locale } = await reader();
  const click = /^[\w-]{1,100}$/.exec(query.get("click") ?? "")?.[0];
  const passedOn = new URLSearchParams(campaign.map(([name, value]) => [name, value])).toString();
  const words = inviteWords(
    t,
    { terms: program.terms, shop: shop.name, inviter, timeZone: shop.timeZone },
    locale,
  );
  return (
    <ShopFrame shop={shop} width="wide">
      <InviteView {...words}>
        <EmailForm
          action={claimInvitation}
          label={t("invite.email")}
          placeholder={t("invite.emailPlaceholder")}
          button={t("invite.accept")}
          note={t("invite.emailHint", { shop: shop.name })}
          hidden={{ code, ...(click && { click }), ...(passedOn && { campaign: passedOn }) }}
        />
      </InviteView>
    </ShopFrame>
  );
}

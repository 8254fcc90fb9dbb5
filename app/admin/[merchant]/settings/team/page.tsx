import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { InviteDialog } from "@/components/team/invite-dialog";
import { Card } from "@/components/ui/content/card";
import { PageHeader, Section } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { environment } from "@/lib/core/env";
import { twinOf } from "@/lib/merchants/queries/directory";
import { adminPaths } from "@/lib/merchants/paths";
import {
  keysByMaker,
  listInvites,
  listTeam,
  merchantProfile,
} from "@/lib/merchants/queries/merchant";
import { assignableRoles, ROLE_NAMES, ROLE_SUMMARY, ROLES } from "@/lib/merchants/rules/roles";
import { scopeAllows } from "@/lib/merchants/scope";
import { Invitations } from "./_sections/invitations";
import { Members, myRoleIn, roleChoices } from "./_sections/members";
import { TwoStepRule } from "./_sections/two-step-rule";
import { inviteToTeam } from "./actions";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "team.read");
  if (scope.isSandbox) redirect(adminPaths((await twinOf(scope)) ?? slug).team);
  const [team, shop, invites, keys] = await Promise.all([
    listTeam(scope),
    merchantProfile(scope),
    listInvites(scope),
    scopeAllows(scope, "team.manage") ? keysByMaker(scope) : new Map<string, string[]>(),
  ]);
  return (
    <>
      <PageHeader
        title="Team"
        description="Who works with this shop, and what they may do."
        actions={
          scopeAllows(scope, "team.manage") ? (
            <InviteDialog
              action={inviteToTeam.bind(null, slug)}
              roles={roleChoices(scope)}
              sendsEmail={environment().SMTP_URL !== undefined}
            />
          ) : null
        }
      />
      <div className="flex flex-col gap-8">
        <Members scope={scope} team={team} keys={keys} />
        {scopeAllows(scope, "security.manage") ? (
          <TwoStepRule slug={slug} required={shop.twoStepRequired} />
        ) : null}
        {invites.length > 0 ? (
          <Invitations scope={scope} invites={invites} roles={assignableRoles(myRoleIn(scope))} />
        ) : null}
        <Section title="Roles">
          <Card>
            <dl className="grid gap-4 text-sm sm:grid-cols-2">
              {ROLES.map((role) => (
                <div key={role}>
                  <dt className="font-medium">{ROLE_NAMES[role]}</dt>
                  <dd className="text-ink-muted">{ROLE_SUMMARY[role]}</dd>
                </div>
              ))}
            </dl>
          </Card>
        </Section>
      </div>
    </>
  );
}

import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { InviteDialog } from "@/components/team/invite-dialog";
import { RoleDialog } from "@/components/team/role-dialog";
import { Badge } from "@/components/ui/content/badge";
import { Button } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { DateTime } from "@/components/ui/content/display";
import { PageHeader, Section } from "@/components/ui/page/page-header";
import { Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { environment } from "@/lib/core/env";
import { twinOf } from "@/lib/merchants/queries/directory";
import { adminPaths } from "@/lib/merchants/paths";
import {
  keysByMaker,
  listInvites,
  listTeam,
  type TeamMember,
} from "@/lib/merchants/queries/merchant";
import {
  assignableRoles,
  ROLE_NAMES,
  ROLE_SUMMARY,
  ROLES,
  type Role,
} from "@/lib/merchants/rules/roles";
import { judgeMemberChange } from "@/lib/merchants/rules/member-change";
import { type Scope, scopeAllows } from "@/lib/merchants/scope";
import { Invitations } from "./_sections/invitations";
import { changeMemberRole, inviteToTeam, removeFromTeam } from "./actions";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "team.read");
  if (scope.isSandbox) redirect(adminPaths((await twinOf(scope)) ?? slug).team);
  const [team, invites, keys] = await Promise.all([
    listTeam(scope),
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

/** The roles that this member may give to others. */
function myRoleIn(scope: Scope): Role {
  return scope.actor.kind === "member" ? scope.actor.role : "support";
}

function roleChoices(scope: Scope) {
  return assignableRoles(myRoleIn(scope)).map((role) => ({
    value: role,
    label: ROLE_NAMES[role],
    hint: ROLE_SUMMARY[role],
  }));
}

type MembersProps = { scope: Scope; team: TeamMember[]; keys: ReadonlyMap<string, string[]> };

function Members({ scope, team, keys }: MembersProps) {
  const owners = team.filter((member) => member.role === "owner").length;
  return (
    <Card flush>
      <Table
        caption="Team"
        rows={team}
        rowKey={(member) => member.userId}
        columns={[
          {
            key: "name",
            header: "Name",
            primary: true,
            cell: (member) => (
              <span>
                <span className="font-medium">{member.name}</span>
                {member.userId === scope.actor.id ? (
                  <span className="text-ink-muted"> (you)</span>
                ) : null}
                <span className="block text-[0.8125rem] font-normal text-ink-muted">
                  {member.email}
                </span>
              </span>
            ),
          },
          {
            key: "role",
            header: "Role",
            cell: (member) => (
              <Badge tone={member.role === "owner" ? "accent" : "neutral"}>
                {ROLE_NAMES[member.role]}
              </Badge>
            ),
          },
          {
            key: "since",
            header: "Joined",
            secondary: true,
            cell: (member) => (
              <DateTime value={member.since} timeZone={scope.timeZone} locale="en" look="date" />
            ),
          },
          {
            key: "actions",
            header: <span className="sr-only">Actions</span>,
            cell: (member) => (
              <MemberActions
                scope={scope}
                member={member}
                owners={owners}
                keys={keys.get(member.userId) ?? []}
              />
            ),
          },
        ]}
      />
    </Card>
  );
}

function endingKeys(names: readonly string[]): string {
  const list = names.map((name) => `“${name}”`).join(", ");
  return `${list} ${names.length === 1 ? "is" : "are"} revoked.`;
}

type MemberActionsProps = {
  scope: Scope;
  member: TeamMember;
  owners: number;
  /** The names of the API keys that end with their right to manage keys. */
  keys: readonly string[];
};

function MemberActions({ scope, member, owners, keys }: MemberActionsProps) {
  const { merchantSlug: slug } = scope;
  const isSelf = member.userId === scope.actor.id;
  const may = (next: Role | null) =>
    judgeMemberChange({
      actor: myRoleIn(scope),
      target: member.role,
      isSelf,
      next,
      owners,
    }).allowed;
  const roles = roleChoices(scope);
  return (
    <span className="flex flex-wrap gap-2 sm:justify-end">
      {roles.some(({ value }) => value !== member.role && may(value)) ? (
        <RoleDialog
          action={changeMemberRole.bind(null, slug)}
          userId={member.userId}
          name={member.name}
          role={member.role}
          roles={roles}
          note={
            keys.length > 0
              ? `Analysts and support can’t manage API keys: ${endingKeys(keys)}`
              : undefined
          }
        />
      ) : null}
      {may(null) ? (
        <ConfirmAction
          action={removeFromTeam.bind(null, slug)}
          fields={{ userId: member.userId }}
          title={isSelf ? "Leave the team?" : `Remove ${member.name} from the team?`}
          description={
            (isSelf
              ? "You lose access immediately and need a new invitation to come back."
              : "They lose access immediately. Their actions stay in the audit log.") +
            (keys.length > 0 ? ` Replace their API keys first: ${endingKeys(keys)}` : "")
          }
          confirmLabel={isSelf ? "Leave" : "Remove"}
          danger
          trigger={
            <Button
              size="sm"
              variant="quiet"
              aria-label={isSelf ? "Leave the team" : `Remove ${member.name}`}
            >
              {isSelf ? "Leave" : "Remove"}
            </Button>
          }
        />
      ) : null}
    </span>
  );
}

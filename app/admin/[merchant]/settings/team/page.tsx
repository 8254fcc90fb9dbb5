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
import { twinOf } from "@/lib/merchants/directory";
import { adminPaths } from "@/lib/merchants/paths";
import { listInvites, listTeam, type TeamMember } from "@/lib/merchants/queries";
import { assignableRoles, ROLE_NAMES, ROLE_SUMMARY, ROLES, type Role } from "@/lib/merchants/roles";
import { judgeMemberChange } from "@/lib/merchants/rules";
import { scopeAllows } from "@/lib/merchants/scope";
import { giveRole, inviteToTeam, takeBackInvite, takeOffTeam } from "./actions";

export const metadata: Metadata = { title: "Team" };

export default async function TeamPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "team.read");
  if (scope.isSandbox) redirect(adminPaths((await twinOf(scope)) ?? slug).team);
  const [team, invites] = await Promise.all([listTeam(scope), listInvites(scope)]);
  const myRole: Role = scope.actor.kind === "member" ? scope.actor.role : "support";
  const roles = assignableRoles(myRole).map((role) => ({
    value: role,
    label: ROLE_NAMES[role],
    hint: ROLE_SUMMARY[role],
  }));
  const manages = scopeAllows(scope, "team.manage");
  const owners = team.filter((member) => member.role === "owner").length;
  const may = (member: TeamMember, next: Role | null) =>
    judgeMemberChange({
      actor: myRole,
      target: member.role,
      isSelf: member.userId === scope.actor.id,
      next,
      owners,
    }).allowed;
  return (
    <>
      <PageHeader
        title="Team"
        description="Who works with this shop, and what each may do."
        actions={
          manages ? (
            <InviteDialog
              action={inviteToTeam.bind(null, slug)}
              roles={roles}
              mails={environment().SMTP_URL !== undefined}
            />
          ) : null
        }
      />
      <div className="flex flex-col gap-8">
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
                header: "Since",
                secondary: true,
                cell: (member) => (
                  <DateTime
                    value={member.since}
                    timeZone={scope.timeZone}
                    locale="en"
                    look="date"
                  />
                ),
              },
              {
                key: "actions",
                header: <span className="sr-only">Actions</span>,
                cell: (member) => {
                  const self = member.userId === scope.actor.id;
                  return (
                    <span className="flex flex-wrap gap-2 sm:justify-end">
                      {roles.some(
                        (role) => role.value !== member.role && may(member, role.value),
                      ) ? (
                        <RoleDialog
                          action={giveRole.bind(null, slug)}
                          userId={member.userId}
                          name={member.name}
                          role={member.role}
                          roles={roles}
                        />
                      ) : null}
                      {may(member, null) ? (
                        <ConfirmAction
                          action={takeOffTeam.bind(null, slug)}
                          fields={{ userId: member.userId }}
                          title={self ? "Leave the team?" : `Take ${member.name} off the team?`}
                          description={
                            self
                              ? "You lose access at once. Someone must invite you again."
                              : "They lose access at once. What they did stays in the audit log."
                          }
                          confirmLabel={self ? "Leave" : "Take off the team"}
                          danger
                          trigger={
                            <Button
                              size="sm"
                              variant="quiet"
                              aria-label={self ? "Leave the team" : `Remove ${member.name}`}
                            >
                              {self ? "Leave" : "Remove"}
                            </Button>
                          }
                        />
                      ) : null}
                    </span>
                  );
                },
              },
            ]}
          />
        </Card>
        {invites.length > 0 ? (
          <Section
            title="Invited"
            description="Not accepted yet. Inviting someone again replaces the earlier link."
          >
            <Card flush>
              <Table
                caption="Open invitations"
                rows={invites}
                rowKey={(invite) => invite.id}
                columns={[
                  { key: "email", header: "Email", primary: true, cell: (invite) => invite.email },
                  {
                    key: "role",
                    header: "Role",
                    cell: (invite) => <Badge>{ROLE_NAMES[invite.role]}</Badge>,
                  },
                  {
                    key: "until",
                    header: "Works until",
                    cell: (invite) => (
                      <DateTime
                        value={invite.expiresAt}
                        timeZone={scope.timeZone}
                        locale="en"
                        look="date"
                      />
                    ),
                  },
                  {
                    key: "actions",
                    header: <span className="sr-only">Actions</span>,
                    cell: (invite) =>
                      assignableRoles(myRole).includes(invite.role) ? (
                        <span className="flex sm:justify-end">
                          <ConfirmAction
                            action={takeBackInvite.bind(null, slug)}
                            fields={{ inviteId: invite.id }}
                            title={`Take back the invitation of ${invite.email}?`}
                            description="The link stops working at once."
                            confirmLabel="Take back"
                            danger
                            trigger={
                              <Button
                                size="sm"
                                variant="quiet"
                                aria-label={`Take back the invitation of ${invite.email}`}
                              >
                                Take back
                              </Button>
                            }
                          />
                        </span>
                      ) : null,
                  },
                ]}
              />
            </Card>
          </Section>
        ) : null}
        <Section title="What each role may do">
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

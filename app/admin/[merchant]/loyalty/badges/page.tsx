import { ArrowDown, ArrowUp, Medal } from "lucide-react";
import type { Metadata } from "next";
import { ActionButton } from "@/components/forms/action-button";
import { BadgeMedal } from "@/components/loyalty/badges/badge-medal";
import { badgeRuleText } from "@/components/loyalty/badges/badge-words";
import { Alert } from "@/components/ui/content/alert";
import { StatusPill } from "@/components/ui/content/badge";
import { ButtonLink } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { numberText } from "@/components/ui/format";
import { PageHeader } from "@/components/ui/page/page-header";
import { type Column, Table } from "@/components/ui/content/table";
import { requireMember } from "@/lib/auth/member";
import { type ListedBadge, listBadges } from "@/lib/loyalty/badges/queries/badges";
import { BADGE_STARTERS } from "@/lib/loyalty/badges/templates/starter-badges";
import { isRecounting } from "@/lib/loyalty/commands";
import { adminPaths } from "@/lib/merchants/paths";
import { scopeAllows } from "@/lib/merchants/scope";
import { addStarters, shiftBadge } from "./actions";

export const metadata: Metadata = { title: "Badges" };

export default async function BadgesPage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug, "program.read");
  const [badges, recounting] = await Promise.all([listBadges(scope), isRecounting(scope)]);
  const mayEdit = scopeAllows(scope, "program.edit");
  const admin = adminPaths(slug);
  const names = new Set(badges.map(({ name }) => name.en));
  const starters = BADGE_STARTERS.filter(({ name }) => !names.has(name.en)).length;
  const starterButton =
    mayEdit && starters > 0 ? (
      <ActionButton
        action={addStarters.bind(null, slug)}
        fields={{}}
        done="Badges created. Customers who earned them get them now."
      >
        {badges.length === 0 ? "Use the starter set" : "Add the starter set"}
      </ActionButton>
    ) : null;
  return (
    <>
      <PageHeader
        title="Badges"
        description="Awards for milestones, shown on the customer’s page in this order."
        actions={
          mayEdit ? (
            <>
              {badges.length > 0 ? starterButton : null}
              <ButtonLink variant="primary" href={admin.newBadge}>
                New badge
              </ButtonLink>
            </>
          ) : null
        }
      />
      <div className="flex flex-col gap-6">
        {recounting ? (
          <Alert tone="neutral">
            Badges are being updated after the last change. Numbers may still change.
          </Alert>
        ) : null}
        <Card flush>
          <Table
            caption="Badges"
            rows={badges}
            rowKey={({ id }) => id}
            rowHref={({ id }) => admin.badge(id)}
            empty={
              <Empty
                title="No badges yet"
                icon={<Medal aria-hidden="true" />}
                action={starterButton ?? undefined}
                bare
              >
                Start with our set of eight and adapt it, or create your own.
              </Empty>
            }
            columns={columnsFor(slug, mayEdit)}
          />
        </Card>
      </div>
    </>
  );
}

function columnsFor(slug: string, mayEdit: boolean): Column<ListedBadge>[] {
  return [
    {
      key: "name",
      header: "Badge",
      primary: true,
      cell: ({ icon, color, name, active }) => (
        <span className="inline-flex items-center gap-3 align-middle">
          <BadgeMedal icon={icon} color={color} earned={active} size={36} />
          {name.en}
        </span>
      ),
    },
    { key: "rule", header: "Earned by", cell: ({ rule }) => badgeRuleText(rule) },
    {
      key: "state",
      header: "Status",
      cell: ({ active }) => (
        <StatusPill tone={active ? "good" : "neutral"}>{active ? "On" : "Off"}</StatusPill>
      ),
    },
    {
      key: "holders",
      header: "Customers",
      numeric: true,
      cell: ({ holders }) => numberText(holders),
    },
    ...(mayEdit
      ? [
          {
            key: "order",
            header: "Order",
            secondary: true,
            cell: (badge: ListedBadge) => <MoveButtons badge={badge} slug={slug} />,
          },
        ]
      : []),
  ];
}

function MoveButtons({ badge: { id, name }, slug }: { badge: ListedBadge; slug: string }) {
  return (
    <span className="inline-flex gap-1">
      {(["up", "down"] as const).map((direction) => (
        <ActionButton
          key={direction}
          size="sm"
          variant="quiet"
          action={shiftBadge.bind(null, slug)}
          fields={{ badgeId: id, direction }}
          done={`Moved “${name.en}” ${direction}.`}
          aria-label={`Move ${name.en} ${direction}`}
        >
          {direction === "up" ? (
            <ArrowUp aria-hidden="true" className="size-4" />
          ) : (
            <ArrowDown aria-hidden="true" className="size-4" />
          )}
        </ActionButton>
      ))}
    </span>
  );
}

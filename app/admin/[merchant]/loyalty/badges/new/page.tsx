import type { Metadata } from "next";
import { BadgeForm } from "@/components/loyalty/badges/badge-form";
import { PageHeader } from "@/components/ui/page/page-header";
import { requireMember } from "@/lib/auth/member";
import { saveBadge } from "../actions";
import { adminPaths } from "@/lib/merchants/paths";

export const metadata: Metadata = { title: "New badge" };

const NO_WORDS = { en: "", sq: "", zh: "" };

export default async function NewBadgePage({ params }: { params: Promise<{ merchant: string }> }) {
  const { merchant: slug } = await params;
  await requireMember(slug, "program.edit");
  const listHref = adminPaths(slug).badges;
  return (
    <>
      <PageHeader title="New badge" breadcrumbs={[{ label: "Badges", href: listHref }]} />
      <BadgeForm
        action={saveBadge.bind(null, slug)}
        badgeId={null}
        listHref={listHref}
        values={{
          name: NO_WORDS,
          about: NO_WORDS,
          icon: "star",
          color: "#0f766e",
          rule: { kind: "friends", count: 3 },
        }}
      />
    </>
  );
}

import type { Metadata } from "next";
import { FriendView } from "@/components/program/friend-view";
import { Alert } from "@/components/ui/content/alert";
import { PageHeader } from "@/components/ui/page/page-header";
import { found } from "@/lib/auth/found";
import { requireMember } from "@/lib/auth/member";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { findProgram, publishedProgram } from "@/lib/programs/queries";
import { termsForArm } from "@/lib/terms/rules/applying";
import type { Terms } from "@/lib/terms/schema";

export const metadata: Metadata = { title: "Friend’s view" };

type Props = { params: Promise<{ merchant: string; program: string }> };

/**
 * What a friend sees behind a link of the program, from what is in effect now. It is drawn from the
 * terms alone: no link is opened, so no click is counted and no referral begins.
 */
export default async function FriendViewPage({ params }: Props) {
  const { merchant: slug, program: ref } = await params;
  const scope = await requireMember(slug, "program.read");
  const { id, name, draft } = await found(findProgram(scope, ref));
  const [published, shop] = await Promise.all([
    publishedProgram(scope, id),
    merchantProfile(scope),
  ]);
  const admin = adminPaths(slug);
  return (
    <>
      <PageHeader
        title="Friend’s view"
        description={
          published
            ? `What a friend sees behind a link, from version ${published.version}. Looking here ` +
              "counts no click and begins no referral."
            : "What a friend will see once you publish the draft."
        }
        breadcrumbs={[
          { label: "Programs", href: admin.programs },
          { label: name, href: admin.program(id) },
        ]}
      />
      <div className="flex flex-col gap-6">
        {published && !published.openness.open ? (
          <Alert tone="warn" title="Links are closed at the moment">
            Friends read that the program takes no one in. This is what they see while it is open.
          </Alert>
        ) : null}
        <FriendView arms={armsOf(published?.terms ?? draft)} shop={shop} />
      </div>
    </>
  );
}

function armsOf(terms: Terms) {
  const arms = terms.experiment?.arms ?? [];
  if (arms.length === 0) return [{ id: "", name: "Everyone", terms: termsForArm(terms, null) }];
  return arms.map(({ id, name }) => ({ id, name, terms: termsForArm(terms, id) }));
}

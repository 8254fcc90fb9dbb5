import type { Metadata } from "next";
import { AuthHeading } from "@/components/admin/auth-heading";
import { ShopFields } from "@/components/admin/shop-fields";
import { ActionForm } from "@/components/forms/action-form";
import { SubmitButton } from "@/components/forms/submit-button";
import { Alert } from "@/components/ui/content/alert";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { requireUser } from "@/lib/auth/member";
import { invitedToOpenShop } from "@/lib/auth/sign-in/shop-invitation";
import { signUpPolicy } from "@/lib/merchants/queries/directory";
import { openAnotherShop } from "./actions";

export const metadata: Metadata = { title: "Open another shop" };

type Props = { searchParams: Promise<{ invitation?: string | string[] }> };

/** Where somebody who has an account opens another shop, or reads why they cannot. */
export default async function NewShopPage({ searchParams }: Props) {
  const user = await requireUser("/account/new-shop");
  const policy = await signUpPolicy();
  const { invitation } = await searchParams;
  const token = typeof invitation === "string" ? invitation : undefined;
  const invited = policy === "invited" ? await invitedToOpenShop(token) : null;
  if (policy !== "open" && invited !== user.email)
    return <NotHere policy={policy} invited={invited} email={user.email} />;
  return (
    <>
      <AuthHeading title="Open another shop">
        With customers, programs, a team and test mode of its own. You’ll be its owner, and switch
        between your shops in the sidebar.
      </AuthHeading>
      <ActionForm action={openAnotherShop}>
        {invited ? <input type="hidden" name="invitation" value={token} /> : null}
        <ShopFields />
        <SubmitButton size="lg" block>
          Open shop
        </SubmitButton>
        <p className="text-sm">
          <TextLink href="/admin">Back to the dashboard</TextLink>
        </p>
      </ActionForm>
    </>
  );
}

type NotHereProps = { policy: "invited" | "closed"; invited: string | null; email: string };

/** Why not, and who can change it. */
function NotHere({ policy, invited, email }: NotHereProps) {
  return (
    <>
      <AuthHeading title="Open another shop" />
      <div className="flex flex-col items-start gap-6">
        {invited ? (
          <Alert tone="warn" title="The invitation is for another email address">
            It is for {invited}, and you are signed in as {email}. Sign out, then open the link
            again.
          </Alert>
        ) : policy === "invited" ? (
          <Alert tone="warn" title="Opening a shop here takes an invitation">
            Ask whoever runs this server for one, for {email}. The link works once, for a week.
          </Alert>
        ) : (
          <Alert tone="warn" title="No more shops can be opened on this server">
            Whoever runs it can allow it with the setting SIGN_UP: “open” for everyone, or “invited”
            for the people they invite.
          </Alert>
        )}
        <ButtonLink href="/admin">Back to the dashboard</ButtonLink>
      </div>
    </>
  );
}

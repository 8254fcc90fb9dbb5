import type { Metadata } from "next";
import { Link } from "@/components/ui/controls/link";
import { redirect } from "next/navigation";
import { AuthHeading } from "@/components/admin/auth-heading";
import { Wordmark } from "@/components/brand/wordmark";
import { Badge } from "@/components/ui/content/badge";
import { Button } from "@/components/ui/controls/button";
import { Card } from "@/components/ui/content/card";
import { NarrowShell } from "@/components/ui/shell/narrow-shell";
import { requireUser } from "@/lib/auth/member";
import { merchantsOfUser } from "@/lib/merchants/queries/directory";
import { adminPaths } from "@/lib/merchants/paths";
import { ROLE_NAMES } from "@/lib/merchants/rules/roles";
import { signOut } from "./[merchant]/actions";

export const metadata: Metadata = { title: "Your shops" };

/** Leads on to the shop when there is one, and asks which when there are several. */
export default async function ChooseShopPage() {
  const user = await requireUser();
  const shops = await merchantsOfUser(user.id);
  const [only] = shops;
  if (only && shops.length === 1) redirect(adminPaths(only.slug).overview);
  return (
    <NarrowShell
      brand={<Wordmark />}
      actions={
        <form action={signOut}>
          <Button type="submit" variant="quiet" size="sm">
            Sign out
          </Button>
        </form>
      }
    >
      {shops.length === 0 ? (
        <AuthHeading title="No shop yet">
          You’re signed in as {user.email}, but you’re not on a team yet. Ask a shop owner to invite
          this email.
        </AuthHeading>
      ) : (
        <>
          <AuthHeading title="Your shops">Choose a shop to open.</AuthHeading>
          <Card flush>
            <ul className="divide-y divide-line">
              {shops.map((shop) => (
                <li key={shop.slug}>
                  <Link
                    href={adminPaths(shop.slug).overview}
                    className={
                      "flex min-h-14 items-center justify-between gap-4 px-5 font-medium " +
                      "-outline-offset-2 hover:bg-sunken"
                    }
                  >
                    <span className="min-w-0 [overflow-wrap:anywhere]">{shop.name}</span>
                    <Badge>{ROLE_NAMES[shop.role]}</Badge>
                  </Link>
                </li>
              ))}
            </ul>
          </Card>
        </>
      )}
    </NarrowShell>
  );
}

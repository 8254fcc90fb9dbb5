import { Link } from "@/components/ui/controls/link";
import type { ReactNode } from "react";
import { destinationsFor, flatDestinations } from "@/components/admin/destinations";
import { commandGroups } from "@/components/admin/palette/commands";
import { PaletteButton, PaletteProvider } from "@/components/admin/palette/palette-context";
import { countText, waitingTotal } from "@/components/desk/waiting-words";
import { TestClock } from "@/components/admin/test-clock";
import { TestModeBanner } from "@/components/admin/test-mode-banner";
import { ShopSwitcher } from "@/components/admin/shop-switcher";
import { UserMenu } from "@/components/admin/user-menu";
import { Wordmark } from "@/components/brand/wordmark";
import { AdminShell } from "@/components/ui/shell/admin-shell";
import { UnsavedGuard } from "@/components/ui/unsaved/unsaved-guard";
import { ToastProvider } from "@/components/ui/overlays/toast";
import { dateFormat } from "@/lib/core/zones/format";
import { requireMember, requireUser } from "@/lib/auth/member";
import { merchantsOfUser } from "@/lib/merchants/queries/directory";
import { adminPaths } from "@/lib/merchants/paths";
import { merchantProfile } from "@/lib/merchants/queries/merchant";
import { type MemberPermission, ROLE_SUMMARY } from "@/lib/merchants/rules/roles";
import { scopeAllows, type Scope, scopeNow } from "@/lib/merchants/scope";
import { moveClock, signOut } from "./actions";
import { waitingNow } from "./waiting";

type Props = { children: ReactNode; params: Promise<{ merchant: string }> };

/**
 * The dashboard's frame. Each page checks its own permission; the navigation only offers what this
 * member may open.
 */
export default async function DashboardLayout({ children, params }: Props) {
  const { merchant: slug } = await params;
  const scope = await requireMember(slug);
  const [user, profile] = await Promise.all([requireUser(), merchantProfile(scope)]);
  const shops = await merchantsOfUser(user.id);
  const shopSlug = profile.isSandbox ? (profile.twinSlug ?? slug) : slug;
  const role = scope.actor.kind === "member" ? scope.actor.role : "support";
  const admin = adminPaths(slug);
  const work = await waitingNow(scope, 0);
  const allows = (permission: MemberPermission) => scopeAllows(scope, permission);
  const groups = destinationsFor({
    slug,
    isSandbox: profile.isSandbox,
    allows,
    waiting: work.length === 0 ? null : countText(waitingTotal(work)),
  });
  return (
    <ToastProvider>
      <UnsavedGuard>
        <PaletteProvider
          groups={commandGroups(admin, allows, flatDestinations(groups))}
          slug={slug}
        >
          <AdminShell
            brand={
              <Link href={admin.overview} className="rounded-control">
                <Wordmark />
              </Link>
            }
            switcher={
              <ShopSwitcher
                shops={shops.map((shop) => ({
                  name: shop.name,
                  slug: shop.slug,
                  current: shop.slug === shopSlug,
                }))}
                shopName={profile.name}
                testMode={profile.isSandbox}
                twinHref={profile.twinSlug ? adminPaths(profile.twinSlug).overview : null}
              />
            }
            search={<PaletteButton />}
            groups={groups}
            userMenu={
              <UserMenu
                name={user.name}
                email={user.email}
                role={role}
                roleSummary={ROLE_SUMMARY[role]}
                signOut={signOut}
              />
            }
            banner={
              profile.isSandbox ? (
                <TestModeBanner
                  shopHref={adminPaths(shopSlug).overview}
                  clock={<Clock scope={scope} />}
                />
              ) : undefined
            }
          >
            {children}
          </AdminShell>
        </PaletteProvider>
      </UnsavedGuard>
    </ToastProvider>
  );
}

/** The day in test mode; for who may move it, a button. */
function Clock({ scope }: { scope: Scope }) {
  const { timeZone, merchantSlug } = scope;
  const now = dateFormat("en", { dateStyle: "long", timeZone }).format(scopeNow(scope));
  if (!scopeAllows(scope, "clock.advance")) return <>{now}</>;
  return <TestClock action={moveClock.bind(null, merchantSlug)} now={now} />;
}

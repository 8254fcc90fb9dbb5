import { type ReactNode, Suspense } from "react";
import { MobileNav } from "./mobile-nav";
import { ListKeys } from "./list-keys";
import { NavigationProgress } from "./navigation-progress";
import { NavList, type NavEntry } from "./nav-list";
import { SkipLink } from "./skip-link";

type AdminShellProps = {
  /** Top of the sidebar: the wordmark. */
  brand: ReactNode;
  /** Which merchant this is, and the way to another. */
  switcher?: ReactNode;
  /** Beside the wordmark: the way to find anything. */
  search?: ReactNode;
  groups: NavEntry[][];
  /** Bottom of the sidebar: who is signed in. */
  userMenu?: ReactNode;
  /** Above the page: the notice of test mode. */
  banner?: ReactNode;
  children: ReactNode;
};

const HEAD =
  "sticky top-0 z-30 flex h-14 items-center justify-between gap-3 border-b border-line " +
  "bg-paper/95 px-4 backdrop-blur-sm lg:hidden";

/**
 * The dashboard's frame, in English: navigation at the left, on a phone behind a menu; then the
 * page.
 */
export function AdminShell({
  brand,
  switcher,
  search,
  groups,
  userMenu,
  banner,
  children,
}: AdminShellProps) {
  return (
    <div lang="en" className="flex min-h-dvh flex-col">
      <SkipLink />
      <ListKeys />
      <Suspense fallback={null}>
        <NavigationProgress />
      </Suspense>
      <div className="flex flex-1 flex-col lg:grid lg:grid-cols-[15.5rem_minmax(0,1fr)]">
        <aside className="hidden border-r border-line lg:block">
          <div className="sticky top-0 flex h-dvh flex-col gap-2 px-3 py-3">
            <div className="flex items-center justify-between pl-2.5">
              {brand}
              {search}
            </div>
            {switcher}
            <nav aria-label="Main" className="-mx-3 flex-1 overflow-y-auto px-3 py-1">
              <NavList groups={groups} />
            </nav>
            {userMenu}
          </div>
        </aside>
        <header className={HEAD}>
          {brand}
          <div className="flex items-center">
            {search}
            <MobileNav groups={groups} top={switcher} bottom={userMenu} />
          </div>
        </header>
        <div className="min-w-0">
          {banner ? <section aria-label="Notice">{banner}</section> : null}
          <main id="main" tabIndex={-1} className="outline-none">
            <div className="mx-auto w-full max-w-[76rem] px-4 py-6 sm:px-8 sm:py-10">
              {children}
            </div>
          </main>
        </div>
      </div>
    </div>
  );
}

"use client";

import { ChevronsUpDown, FlaskConical, Plus, Store } from "lucide-react";
import { Menu, MenuLabel, MenuLink, MenuSeparator } from "@/components/ui/overlays/menu";
import { adminPaths } from "@/lib/merchants/paths";

type ShopSwitcherProps = {
  shops: { name: string; slug: string; current: boolean }[];
  shopName: string;
  testMode: boolean;
  /** The other side: test mode, or back out of it. */
  twinHref: string | null;
};

/** Shows the current shop; switches to another one or opens it, and in and out of test mode. */
export function ShopSwitcher({ shops, shopName, testMode, twinHref }: ShopSwitcherProps) {
  return (
    <Menu
      align="start"
      label="Shop"
      trigger={
        <button
          type="button"
          className={
            "flex min-h-11 w-full items-center gap-2.5 rounded-control border border-line " +
            "bg-surface px-2.5 text-left text-sm hover:border-line-strong"
          }
        >
          {testMode ? (
            <FlaskConical aria-hidden="true" className="size-4 shrink-0 text-warn" />
          ) : (
            <Store aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
          )}
          <span className="min-w-0 flex-1">
            <span className="block font-medium [overflow-wrap:anywhere]">{shopName}</span>
            {testMode ? <span className="block text-xs text-warn">Test mode</span> : null}
          </span>
          <ChevronsUpDown aria-hidden="true" className="size-4 shrink-0 text-ink-muted" />
        </button>
      }
    >
      <MenuLabel>{shops.length > 1 ? "Your shops" : "Shop"}</MenuLabel>
      {shops.map((shop) => (
        <MenuLink
          key={shop.slug}
          href={adminPaths(shop.slug).overview}
          current={shop.current && !testMode}
          icon={<Store aria-hidden="true" />}
        >
          {shop.name}
        </MenuLink>
      ))}
      <MenuLink href="/account/new-shop" icon={<Plus aria-hidden="true" />}>
        Open another shop
      </MenuLink>
      {twinHref ? (
        <>
          <MenuSeparator />
          <MenuLink
            href={twinHref}
            icon={testMode ? <Store aria-hidden="true" /> : <FlaskConical aria-hidden="true" />}
          >
            {testMode ? "Leave test mode" : "Test mode"}
          </MenuLink>
        </>
      ) : null}
    </Menu>
  );
}

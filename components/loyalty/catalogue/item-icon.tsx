import {
  BookOpen,
  CakeSlice,
  CalendarHeart,
  Coffee,
  Gift,
  Heart,
  Leaf,
  type LucideIcon,
  Percent,
  Shirt,
  Sparkles,
  Star,
  Ticket,
  Truck,
  Wallet,
} from "lucide-react";
import type { CSSProperties } from "react";
import { cx } from "@/components/ui/cx";
import { accentVariables, parseHex } from "@/lib/core/values/color";
import type { ItemIcon } from "@/lib/loyalty/catalogue/schema/item";

const ICONS: Record<ItemIcon, LucideIcon> = {
  ticket: Ticket,
  percent: Percent,
  truck: Truck,
  wallet: Wallet,
  gift: Gift,
  coffee: Coffee,
  cake: CakeSlice,
  shirt: Shirt,
  book: BookOpen,
  calendar: CalendarHeart,
  heart: Heart,
  leaf: Leaf,
  star: Star,
  sparkles: Sparkles,
};

export const ITEM_ICON_NAMES: Record<ItemIcon, string> = {
  ticket: "Ticket",
  percent: "Per cent",
  truck: "Delivery",
  wallet: "Wallet",
  gift: "Gift",
  coffee: "Coffee",
  cake: "Cake",
  shirt: "Shirt",
  book: "Book",
  calendar: "Date",
  heart: "Heart",
  leaf: "Leaf",
  star: "Star",
  sparkles: "Sparkles",
};

type CatalogueIconProps = { icon: string; color: string; size?: "sm" | "md"; muted?: boolean };

/**
 * The picture of an item in its own colour, deepened where it would be too pale to see. Says
 * nothing that its name does not.
 */
export function CatalogueIcon({ icon, color, size = "md", muted }: CatalogueIconProps) {
  const Icon = ICONS[icon as ItemIcon] ?? Gift;
  const own = !muted && parseHex(color) !== null;
  return (
    <span
      aria-hidden="true"
      {...(own && { "data-accent": "", style: accentVariables(color) as CSSProperties })}
      className={cx(
        "grid shrink-0 place-items-center rounded-control",
        own ? "bg-accent-soft text-accent-text" : "bg-sunken text-ink-muted",
        size === "md" ? "size-12 [&_svg]:size-6" : "size-9 [&_svg]:size-[1.125rem]",
      )}
    >
      <Icon strokeWidth={1.75} />
    </span>
  );
}

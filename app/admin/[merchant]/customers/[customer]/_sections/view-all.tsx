import { TextLink } from "@/components/ui/controls/button";

/** Leads to the whole list where a card shows only its first page. */
export function ViewAll({ href, shown }: { href: string; shown: { nextCursor: string | null } }) {
  if (!shown.nextCursor) return null;
  return (
    <TextLink className="text-sm" href={href}>
      View all
    </TextLink>
  );
}

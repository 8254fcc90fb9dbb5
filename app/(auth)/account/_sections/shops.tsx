import { Badge } from "@/components/ui/content/badge";
import { ButtonLink, TextLink } from "@/components/ui/controls/button";
import { adminPaths } from "@/lib/merchants/paths";
import type { Membership } from "@/lib/merchants/queries/directory";

/** The shops that the user is a member of, with their role in each, and the way to another one. */
export function Shops({ shops }: { shops: readonly Membership[] }) {
  return (
    <div className="flex flex-col items-start gap-4">
      <ul className="flex w-full flex-col divide-y divide-line">
        {shops.map(({ merchantId, slug, name, role }) => (
          <li key={merchantId} className="flex items-center justify-between gap-3 py-3 text-sm">
            <TextLink href={adminPaths(slug).overview}>{name}</TextLink>
            <Badge>{role}</Badge>
          </li>
        ))}
      </ul>
      <ButtonLink href="/account/new-shop">Open another shop</ButtonLink>
    </div>
  );
}

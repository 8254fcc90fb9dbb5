import { SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { Empty } from "@/components/ui/content/empty";
import { ButtonLink } from "@/components/ui/controls/button";

type NoMatchesProps = {
  /** The same list without a filter. */
  href: string;
  children?: ReactNode;
};

/** What a list shows when its filter finds nothing. */
export function NoMatches({
  href,
  children = "Try fewer words or remove a filter.",
}: NoMatchesProps) {
  return (
    <Empty
      title="No matches"
      icon={<SearchX aria-hidden="true" />}
      action={<ButtonLink href={href}>Show all</ButtonLink>}
      bare
    >
      {children}
    </Empty>
  );
}

import { SearchX } from "lucide-react";
import { ButtonLink } from "@/components/ui/controls/button";
import { Empty } from "@/components/ui/content/empty";

/** In place of a list in which nothing matches the filters. @param hint what else to try */
export function NoMatch({
  allHref,
  hint = "Try fewer words, or remove a filter.",
}: {
  allHref: string;
  hint?: string;
}) {
  return (
    <Empty
      title="Nothing matches"
      icon={<SearchX aria-hidden="true" />}
      action={<ButtonLink href={allHref}>Show all</ButtonLink>}
      bare
    >
      {hint}
    </Empty>
  );
}

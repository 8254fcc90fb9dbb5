import { Download } from "lucide-react";
import { withQuery } from "@/lib/core/query-string";
import { buttonClass } from "@/components/ui/controls/button";

type ExportLinkProps = {
  /** Where the file is. */
  href: string;
  /** The list's filter: the file holds what the list shows, to its end. */
  filter?: Record<string, string | number | boolean | null | undefined>;
};

/** A list as a file. A plain link: nothing is to be fetched before it is pressed. */
export function ExportLink({ href, filter = {} }: ExportLinkProps) {
  const { cursor: _, limit: __, ...chosen } = filter;
  return (
    <a href={withQuery(href, chosen)} download className={buttonClass({})}>
      <Download aria-hidden="true" />
      Export CSV
    </a>
  );
}

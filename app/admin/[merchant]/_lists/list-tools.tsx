import { cookies } from "next/headers";
import { ColumnsMenu, type ColumnChoice } from "@/components/ui/list/columns-menu";
import { columnsCookie, hiddenIn } from "@/components/ui/list/columns";
import { ViewsMenu } from "@/components/admin/views-menu";
import { savedViewsOf } from "@/lib/merchants/queries/saved-views";
import type { ViewList } from "@/lib/merchants/schema";
import type { Scope } from "@/lib/merchants/scope";
import { forgetView, keepView } from "./actions";

/** The columns of a list that this browser leaves out, by their keys. */
export async function hiddenColumns(list: ViewList): Promise<string[]> {
  return hiddenIn((await cookies()).get(columnsCookie())?.value, list);
}

type ListToolsProps = {
  scope: Scope;
  list: ViewList;
  /** The path of the list. */
  base: string;
  /** The columns that can be left out. */
  columns?: readonly ColumnChoice[];
};

/** What a member keeps of a list: views of it, and which columns it has. */
export async function ListTools({ scope, list, base, columns = [] }: ListToolsProps) {
  const [views, hidden] = await Promise.all([savedViewsOf(scope, list), hiddenColumns(list)]);
  const slug = scope.merchantSlug;
  return (
    <div className="flex shrink-0 gap-2">
      <ViewsMenu
        list={list}
        base={base}
        views={views}
        keep={keepView.bind(null, slug)}
        forget={forgetView.bind(null, slug)}
      />
      {columns.length > 0 ? <ColumnsMenu list={list} columns={columns} hidden={hidden} /> : null}
    </div>
  );
}

import type { ViewList } from "../schema";
import { inScope, type Scope } from "../scope";

export type SavedView = {
  id: string;
  name: string;
  query: string;
  isShared: boolean;
  /** Whether it is the member's own, to replace and to remove. */
  isOwn: boolean;
};

/** The views of a list that the member may use, their own and the team's, by name. */
export async function savedViewsOf(scope: Scope, list: ViewList): Promise<SavedView[]> {
  const { id: userId } = scope.actor;
  return inScope(scope, async ({ db, merchantId }) => {
    const rows = await db.savedView.findMany({
      where: { merchantId, list, OR: [{ userId }, { isShared: true }] },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      select: { id: true, name: true, query: true, isShared: true, userId: true },
    });
    return rows.map(({ userId: owner, ...view }) => ({ ...view, isOwn: owner === userId }));
  });
}

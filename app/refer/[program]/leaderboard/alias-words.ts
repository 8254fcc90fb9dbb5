import type { HomeContext } from "../_home/context";
import { saveAlias } from "./actions";

/** The form in which somebody chooses their name for the leaderboards. */
export function aliasForm({
  t,
  slug,
  alias,
}: {
  t: HomeContext["t"];
  slug: string;
  alias: string | null;
}) {
  return {
    action: saveAlias.bind(null, slug),
    alias,
    words: {
      label: t("leaderboard.alias"),
      hint: t("leaderboard.aliasHint"),
      save: t("leaderboard.aliasSave"),
      change: t("leaderboard.aliasChange"),
      remove: t("leaderboard.aliasRemove"),
    },
  };
}

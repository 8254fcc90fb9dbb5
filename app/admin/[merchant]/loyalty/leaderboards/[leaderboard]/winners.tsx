import { Trophy } from "lucide-react";
import { Person } from "@/components/customer/person";
import { scoreText } from "@/components/loyalty/leaderboards/leaderboard-words";
import { METRIC_NAMES } from "@/components/loyalty/words";
import { StatusPill, type Tone } from "@/components/ui/content/badge";
import { Card, CardHeader } from "@/components/ui/content/card";
import { Empty } from "@/components/ui/content/empty";
import { Table } from "@/components/ui/content/table";
import { TextLink } from "@/components/ui/controls/button";
import { numberText } from "@/components/ui/format";
import { type WinnerRow, winnersOf } from "@/lib/loyalty/leaderboards/queries/winners";
import {
  type Leaderboard,
  type Season,
  WINNER_REASONS,
} from "@/lib/loyalty/leaderboards/schema/leaderboard";
import { adminPaths } from "@/lib/merchants/paths";
import type { Scope } from "@/lib/merchants/scope";
import { prizeText } from "./preview";

const WINNER_TONES: Record<WinnerRow["state"], Tone> = {
  due: "warn",
  given: "good",
  withheld: "bad",
};
const WINNER_STATES: Record<WinnerRow["state"], string> = {
  due: "Waiting",
  given: "Granted",
  withheld: "Withheld",
};

type WinnersProps = {
  scope: Scope;
  slug: string;
  leaderboard: Leaderboard;
  season: Season;
};

/** Who won what in a closed season. */
export async function Winners({ scope, slug, leaderboard, season }: WinnersProps) {
  const winners = await winnersOf(scope, season.id);
  return (
    <Card flush>
      <CardHeader
        title="Prizes"
        className="px-5 pt-5 pb-3"
        description="The prizes as they were when the season closed."
      />
      <Table
        caption="Prizes"
        rows={winners}
        rowKey={({ advocateId }) => advocateId}
        empty={
          <Empty title="No prizes in this season" icon={<Trophy aria-hidden="true" />} bare>
            The season had no prizes, or no one reached a rank with a prize.
          </Empty>
        }
        columns={[
          {
            key: "rank",
            header: "Rank",
            numeric: true,
            width: "5rem",
            cell: ({ rank }) => numberText(rank),
          },
          {
            key: "person",
            header: "Customer",
            primary: true,
            cell: (row) => <Person person={row} avatar />,
          },
          {
            key: "score",
            header: METRIC_NAMES[leaderboard.metric],
            numeric: true,
            secondary: true,
            cell: ({ score }) => scoreText(score, leaderboard.metric, scope.asset),
          },
          {
            key: "prize",
            header: "Prize",
            cell: ({ prize }) =>
              season.prizes?.[prize] ? prizeText(season.prizes[prize], scope) : "",
          },
          { key: "state", header: "Status", cell: (row) => <WinnerStatus row={row} /> },
          {
            key: "receipt",
            header: "Receipt",
            cell: ({ rewardId }) =>
              rewardId ? <TextLink href={adminPaths(slug).reward(rewardId)}>Open</TextLink> : "",
          },
        ]}
      />
    </Card>
  );
}

function WinnerStatus({ row: { state, reason } }: { row: WinnerRow }) {
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <StatusPill tone={WINNER_TONES[state]}>{WINNER_STATES[state]}</StatusPill>
      {state === "given" ? null : <span className="text-ink-muted">{WINNER_REASONS[reason]}</span>}
    </span>
  );
}

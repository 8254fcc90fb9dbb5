import { cx } from "@/components/ui/cx";

export type RankingRow = { key: string; rank: number; name: string; score: string; own: boolean };

type RankingTableProps = {
  caption: string;
  headers: { rank: string; name: string; score: string; you: string };
  rows: readonly RankingRow[];
};

/** Ranking. Who ties shares a rank; the reader's own row is marked in words too. */
export function RankingTable({ caption, headers, rows }: RankingTableProps) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr className="text-left text-[0.8125rem] text-ink-muted">
          <th scope="col" className="w-16 py-2 pr-3 pl-2 font-normal">
            {headers.rank}
          </th>
          <th scope="col" className="py-2 pr-3 font-normal">
            {headers.name}
          </th>
          <th scope="col" className="py-2 pr-2 text-right font-normal">
            {headers.score}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, rank, name, score, own }) => (
          <tr key={key} className={cx("border-t border-line", own && "bg-accent-soft font-medium")}>
            <td className="figure py-2.5 pr-3 pl-2">{rank}</td>
            <th
              scope="row"
              className={cx(
                "py-2.5 pr-3 text-left [overflow-wrap:anywhere]",
                own ? "font-medium" : "font-normal",
              )}
            >
              {name}
              {own ? (
                <span className="ml-2 font-normal text-accent-text">{headers.you}</span>
              ) : null}
            </th>
            <td className="figure py-2.5 pr-2 text-right whitespace-nowrap">{score}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import type { ReactNode } from "react";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { StatusPill, type Tone } from "@/components/ui/content/badge";
import { Button } from "@/components/ui/controls/button";
import { DateTime } from "@/components/ui/content/display";
import { Table } from "@/components/ui/content/table";
import { writeMultiplier } from "@/lib/core/values/percent";
import { CampaignDialog, type CampaignTexts } from "./campaign-dialog";
import type { FormAction } from "@/lib/core/action-result";
import { dateInZone } from "@/lib/core/time";
import type { CampaignRow } from "@/lib/loyalty/campaigns/queries";
import type { CampaignStatus } from "@/lib/loyalty/campaigns/rules";
import { lastDayOf } from "@/lib/loyalty/campaigns/schema";

const STATUSES: Record<CampaignStatus, { words: string; tone: Tone }> = {
  running: { words: "Running", tone: "good" },
  coming: { words: "Upcoming", tone: "accent" },
  past: { words: "Ended", tone: "neutral" },
  called_off: { words: "Cancelled", tone: "neutral" },
};

type CampaignTableProps = {
  rows: CampaignRow[];
  timeZone: string;
  now: Date;
  programs: readonly { id: string; name: string }[];
  /** Null for members who may only read. */
  actions: { save: FormAction<{ campaignId: string }>; end: FormAction<null> } | null;
  empty: ReactNode;
};

/** Campaigns with when they run, what they multiply and which they overlap. */
export function CampaignTable({
  rows,
  timeZone,
  now,
  programs,
  actions,
  empty,
}: CampaignTableProps) {
  const today = dateInZone(now, timeZone);
  return (
    <Table
      caption="Points campaigns"
      rows={rows}
      rowKey={({ id }) => id}
      empty={empty}
      columns={[
        {
          key: "name",
          header: "Campaign",
          primary: true,
          cell: (row) => <CampaignName row={row} />,
        },
        {
          key: "multiplier",
          header: "Points",
          numeric: true,
          cell: ({ multiplierBp }) => `${writeMultiplier(multiplierBp)}×`,
        },
        { key: "when", header: "When", cell: (row) => <Dates row={row} timeZone={timeZone} /> },
        {
          key: "status",
          header: "Status",
          cell: ({ status }) => (
            <StatusPill tone={STATUSES[status].tone}>{STATUSES[status].words}</StatusPill>
          ),
        },
        ...(actions
          ? [
              {
                key: "actions",
                header: <span className="sr-only">Actions</span>,
                acts: true,
                numeric: true,
                cell: (row: CampaignRow) =>
                  row.status === "running" || row.status === "coming" ? (
                    <span className="inline-flex gap-1">
                      <CampaignDialog
                        action={actions.save}
                        running={row.status === "running"}
                        programs={programs}
                        today={today}
                        campaign={textsOf(row, timeZone)}
                        trigger={
                          <Button size="sm" variant="quiet">
                            Edit
                          </Button>
                        }
                      />
                      <EndCampaign row={row} end={actions.end} />
                    </span>
                  ) : null,
              },
            ]
          : []),
      ]}
    />
  );
}

function CampaignName({ row }: { row: CampaignRow }) {
  const { name, programName, multiplierBp, overlaps } = row;
  const lines = [
    programName ?? "All programs",
    ...(overlaps.length > 0 ? [overlapWords(multiplierBp, overlaps)] : []),
  ];
  return (
    <span className="inline-block">
      {name}
      {lines.map((line) => (
        <span key={line} className="block text-[0.8125rem]/5 font-normal text-ink-muted">
          {line}
        </span>
      ))}
    </span>
  );
}

function Dates({ row: { startsAt, endsAt }, timeZone }: { row: CampaignRow; timeZone: string }) {
  return (
    <span className="whitespace-nowrap">
      <DateTime value={startsAt} timeZone={timeZone} />
      {dateInZone(startsAt, timeZone) === lastDayOf(endsAt, timeZone) ? null : (
        <>
          {" "}
          to <DateTime value={new Date(endsAt.getTime() - 1)} timeZone={timeZone} />
        </>
      )}
    </span>
  );
}

function textsOf(row: CampaignRow, timeZone: string): CampaignTexts {
  return {
    id: row.id,
    name: row.name,
    multiplier: writeMultiplier(row.multiplierBp),
    programId: row.programId,
    startsOn: dateInZone(row.startsAt, timeZone),
    endsOn: lastDayOf(row.endsAt, timeZone),
  };
}

function EndCampaign({ row, end }: { row: CampaignRow; end: FormAction<null> }) {
  const isRunning = row.status === "running";
  return (
    <ConfirmAction
      action={end}
      fields={{ campaignId: row.id }}
      danger
      title={isRunning ? `End “${row.name}” now?` : `Cancel “${row.name}”?`}
      description={
        isRunning
          ? "From now on, customers earn the usual points. Points already earned stay."
          : "It won’t start. You can plan another one."
      }
      confirmLabel={isRunning ? "End campaign" : "Cancel campaign"}
      trigger={
        <Button size="sm" variant="quiet">
          {isRunning ? "End" : "Cancel"}
        </Button>
      }
    />
  );
}

function overlapWords(own: number, overlaps: CampaignRow["overlaps"]): string {
  const largest = Math.max(...overlaps.map(({ multiplierBp }) => multiplierBp));
  const names = overlaps.map(({ name }) => `“${name}”`).join(" and ");
  if (own > largest) return `Overlaps ${names}; this one counts.`;
  if (own === largest) return `Overlaps ${names}; multipliers do not add up.`;
  const winner = overlaps.find(({ multiplierBp }) => multiplierBp === largest)!;
  return `Overlaps ${names}; “${winner.name}” counts.`;
}

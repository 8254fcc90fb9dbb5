import type { ReactNode } from "react";
import { ConfirmAction } from "@/components/forms/confirm-action";
import { StatusPill, type Tone } from "@/components/ui/content/badge";
import { Button } from "@/components/ui/controls/button";
import { DateTime } from "@/components/ui/content/display";
import { Table } from "@/components/ui/content/table";
import { writeMultiplier } from "@/lib/core/values/percent";
import { PointsCampaignDialog } from "./campaign-dialog";
import type { FormAction } from "@/lib/core/action-result";
import { dateInZone } from "@/lib/core/time";
import type { CampaignRow } from "@/lib/loyalty/campaigns/queries";
import type { CampaignStatus } from "@/lib/loyalty/campaigns/rules";
import { lastDayOf } from "@/lib/loyalty/campaigns/schema";

const STATUSES: Record<CampaignStatus, { words: string; tone: Tone }> = {
  running: { words: "Running", tone: "good" },
  coming: { words: "Coming", tone: "accent" },
  past: { words: "Over", tone: "neutral" },
  called_off: { words: "Called off", tone: "neutral" },
};

type PointsCampaignTableProps = {
  rows: CampaignRow[];
  timeZone: string;
  now: Date;
  programs: readonly { id: string; name: string }[];
  /** Null for who may only look. */
  actions: { save: FormAction<{ campaignId: string }>; end: FormAction<null> } | null;
  empty: ReactNode;
};

/** Campaigns with when they run, what they multiply and which they overlap. */
export function PointsCampaignTable({
  rows,
  timeZone,
  now,
  programs,
  actions,
  empty,
}: PointsCampaignTableProps) {
  const lastMoment = (endsAt: Date) => new Date(endsAt.getTime() - 1);
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
          cell: ({ name, programName, multiplierBp, overlaps }) => (
            <span className="inline-block">
              {name}
              <span className="block text-[0.8125rem]/5 font-normal text-ink-muted">
                {programName ?? "All programs"}
              </span>
              {overlaps.length > 0 ? (
                <span className="block text-[0.8125rem]/5 font-normal text-ink-muted">
                  {overlapWords(multiplierBp, overlaps)}
                </span>
              ) : null}
            </span>
          ),
        },
        {
          key: "multiplier",
          header: "Points count",
          numeric: true,
          cell: ({ multiplierBp }) => `${writeMultiplier(multiplierBp)} times`,
        },
        {
          key: "when",
          header: "When",
          cell: ({ startsAt, endsAt }) => (
            <span className="whitespace-nowrap">
              <DateTime value={startsAt} timeZone={timeZone} />
              {dateInZone(startsAt, timeZone) === lastDayOf(endsAt, timeZone) ? null : (
                <>
                  {" "}
                  to <DateTime value={lastMoment(endsAt)} timeZone={timeZone} />
                </>
              )}
            </span>
          ),
        },
        {
          key: "status",
          header: "State",
          cell: ({ status }) => (
            <StatusPill tone={STATUSES[status].tone}>{STATUSES[status].words}</StatusPill>
          ),
        },
        ...(actions
          ? [
              {
                key: "actions",
                header: <span className="sr-only">Change</span>,
                numeric: true,
                cell: (row: CampaignRow) =>
                  row.status === "running" || row.status === "coming" ? (
                    <span className="inline-flex gap-1">
                      <PointsCampaignDialog
                        action={actions.save}
                        running={row.status === "running"}
                        programs={programs}
                        today={dateInZone(now, timeZone)}
                        campaign={{
                          id: row.id,
                          name: row.name,
                          multiplier: writeMultiplier(row.multiplierBp),
                          programId: row.programId,
                          startsOn: dateInZone(row.startsAt, timeZone),
                          endsOn: lastDayOf(row.endsAt, timeZone),
                        }}
                        trigger={
                          <Button size="sm" variant="quiet">
                            Change
                          </Button>
                        }
                      />
                      <ConfirmAction
                        action={actions.end}
                        fields={{ campaignId: row.id }}
                        danger
                        title={
                          row.status === "running"
                            ? `End “${row.name}” now?`
                            : `Call “${row.name}” off?`
                        }
                        description={
                          row.status === "running"
                            ? "What happens from now on counts as usual. What was earned with it stays."
                            : "It will not begin. You can plan another one."
                        }
                        confirmLabel={row.status === "running" ? "End it now" : "Call it off"}
                        trigger={
                          <Button size="sm" variant="quiet">
                            {row.status === "running" ? "End" : "Call off"}
                          </Button>
                        }
                      />
                    </span>
                  ) : null,
              },
            ]
          : []),
      ]}
    />
  );
}

function overlapWords(own: number, overlaps: CampaignRow["overlaps"]): string {
  const largest = Math.max(...overlaps.map(({ multiplierBp }) => multiplierBp));
  const names = overlaps.map(({ name }) => `“${name}”`).join(" and ");
  if (own > largest) return `Overlaps ${names}; in that time this one counts.`;
  if (own === largest) return `Overlaps ${names}, which multiplies as much; they do not add up.`;
  const winner = overlaps.find(({ multiplierBp }) => multiplierBp === largest)!;
  return `Overlaps ${names}; in that time “${winner.name}” counts.`;
}

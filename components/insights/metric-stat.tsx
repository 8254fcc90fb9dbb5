import { Skeleton } from "@/components/ui/page/skeleton";
import { Stat, StatGrid } from "@/components/ui/content/stat";
import type { Measurement } from "@/lib/reports";
import {
  changeDelta,
  countsText,
  displayUnit,
  figureText,
  intervalText,
  unknownText,
} from "./words";

type MetricStatProps = {
  measurement: Measurement;
  /** Where its definition and rows are. */
  href?: string;
  note?: string | null;
};

/** A metric as a tile: the number, how it changed, and its counts. */
export function MetricStat({ measurement, href, note }: MetricStatProps) {
  const { metric, definition } = measurement;
  const made =
    note ?? (definition.unit === "money" ? intervalNote(measurement) : countsText(metric));
  return (
    <Stat
      label={definition.title}
      value={figureText(metric.value, displayUnit(metric))}
      unknown={unknownText(metric)}
      delta={changeDelta(measurement)}
      note={metric.value === null ? null : (metric.assumes ?? made)}
      href={href}
    />
  );
}

function intervalNote({ metric }: Measurement): string | null {
  const text = intervalText(metric);
  return text && `95%: ${text}`;
}

export function StatGridSkeleton({ tiles }: { tiles: number }) {
  return (
    <StatGrid>
      {Array.from({ length: tiles }, (_, tile) => (
        <div key={tile} className="flex flex-col gap-3">
          <Skeleton className="h-4 w-24" />
          <Skeleton className="h-8 w-28" />
          <Skeleton className="h-4 w-32" />
        </div>
      ))}
    </StatGrid>
  );
}

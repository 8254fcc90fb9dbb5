import type { Reading } from "@/lib/reports/metric";
import type { ArmReading } from "@/lib/reports/experiments/arms";
import { numberText, percentText } from "../ui/format";
import { type Column, Table } from "@/components/ui/content/table";
import { countsText, figureText, intervalText, unknownText } from "./words";

/** The arms as rows, each number with its counts or its interval below. */
export function ArmTable({ arms, baseline }: { arms: ArmReading[]; baseline: string | null }) {
  const columns: Column<ArmReading>[] = [
    {
      key: "arm",
      header: "Arm",
      primary: true,
      width: "11rem",
      cell: (arm) => <Named arm={arm} isBaseline={arm.id === baseline} />,
    },
    {
      key: "advocates",
      header: "Advocates",
      numeric: true,
      cell: ({ advocates }) => numberText(advocates),
    },
    {
      key: "shared",
      header: "Shared",
      numeric: true,
      cell: ({ shared }) => <Figure reading={shared} note="counts" />,
    },
    {
      key: "friends",
      header: "Friends",
      numeric: true,
      cell: ({ friends }) => numberText(friends),
    },
    {
      key: "qualified",
      header: "Qualified",
      numeric: true,
      cell: ({ friendConversion, qualified }) => (
        <Qualified reading={friendConversion} qualified={qualified} />
      ),
    },
    {
      key: "conversion",
      header: "Referred a friend",
      numeric: true,
      cell: ({ conversion }) => <Figure reading={conversion} note="interval" />,
    },
    {
      key: "revenue",
      header: "Revenue per advocate",
      numeric: true,
      cell: ({ revenuePerAdvocate }) => <Figure reading={revenuePerAdvocate} note="interval" />,
    },
    {
      key: "cost",
      header: "Cost",
      numeric: true,
      cell: ({ cost, rewards }) => <Cost reading={cost} rewards={rewards} />,
    },
    {
      key: "per",
      header: "Cost per friend",
      numeric: true,
      cell: ({ costPerQualified }) => <Figure reading={costPerQualified} note="interval" />,
    },
  ];
  return <Table caption="Arms" columns={columns} rows={arms} rowKey={({ id }) => id} />;
}

function Named({ arm: { name, shareBp }, isBaseline }: { arm: ArmReading; isBaseline: boolean }) {
  const how =
    shareBp === null
      ? "Assigned by segment"
      : `${percentText(shareBp / 10_000, "en", 0)} of advocates`;
  return (
    <>
      <span className="font-medium">{name}</span>
      <span className="block text-xs text-ink-muted">
        {isBaseline ? `${how}, the baseline` : how}
      </span>
    </>
  );
}

function Figure({ reading, note }: { reading: Reading; note: "counts" | "interval" }) {
  const text = figureText(reading.value, reading.unit);
  if (text === null) return <Unknown why={unknownText(reading)} />;
  return (
    <Lines text={text} note={note === "counts" ? countsText(reading) : intervalText(reading)} />
  );
}

function Qualified({ reading, qualified }: { reading: Reading; qualified: number }) {
  const share = figureText(reading.value, reading.unit);
  return <Lines text={numberText(qualified)} note={share} />;
}

function Cost({ reading, rewards }: { reading: Reading; rewards: number }) {
  return (
    <Lines
      text={figureText(reading.value, reading.unit) ?? ""}
      note={`${numberText(rewards)} ${rewards === 1 ? "reward" : "rewards"}`}
    />
  );
}

function Lines({ text, note }: { text: string; note: string | null }) {
  return (
    <>
      <span className="whitespace-nowrap">{text}</span>
      {note ? <span className="block text-xs whitespace-nowrap text-ink-muted">{note}</span> : null}
    </>
  );
}

function Unknown({ why }: { why: string | undefined }) {
  return (
    <span title={why} className="text-ink-muted">
      <span aria-hidden="true">—</span>
      <span className="sr-only">{why}</span>
    </span>
  );
}

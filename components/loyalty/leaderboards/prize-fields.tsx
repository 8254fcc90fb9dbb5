"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input, Select } from "@/components/ui/controls/input";
import { MoneyInput } from "@/components/ui/controls/money-input";
import { cx } from "@/components/ui/cx";
import type { PrizeForm, PrizeKind } from "@/lib/loyalty/leaderboards/schema/leaderboard-form";
import { FormPart } from "../form-part";

const PRIZES: { value: PrizeKind; label: string }[] = [
  { value: "points", label: "Points" },
  { value: "credit", label: "Store credit" },
  { value: "amount_off", label: "Coupon: amount off" },
  { value: "percent_off", label: "Coupon: percentage off" },
  { value: "cash", label: "Cash" },
  { value: "gift", label: "Gift or experience" },
];

type Row = PrizeForm & { key: number };

/** The prizes of a season, rank by rank. */
export function PrizeFields({
  values,
  currency,
}: {
  values: readonly PrizeForm[];
  currency: string;
}) {
  const [rows, setRows] = useState<Row[]>(values.map((row, key) => ({ ...row, key })));
  const [next, setNext] = useState(values.length);
  const add = () => {
    const rank = String(
      Math.max(0, ...rows.map(({ fromRank, toRank }) => Number(toRank || fromRank) || 0)) + 1,
    );
    setRows([
      ...rows,
      {
        key: next,
        fromRank: rank,
        toRank: rank,
        kind: "points",
        amount: "",
        title: "",
        unitCost: "",
      },
    ]);
    setNext(next + 1);
  };
  const change = (key: number, part: Partial<Row>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <FormPart
      title="Prizes"
      description="Granted when the season closes. Everyone who ties gets the prize of that rank."
    >
      {rows.length === 0 ? <p className="text-sm text-ink-muted">No prizes yet.</p> : null}
      {rows.map((row) => (
        <PrizeRow
          key={row.key}
          row={row}
          currency={currency}
          onChange={change}
          onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      <div>
        <Button
          type="button"
          variant="secondary"
          size="sm"
          icon={<Plus aria-hidden="true" />}
          onClick={add}
        >
          Add prize
        </Button>
      </div>
    </FormPart>
  );
}

type PrizeRowProps = {
  row: Row;
  currency: string;
  onChange: (key: number, part: Partial<Row>) => void;
  onRemove: () => void;
};

function PrizeRow({ row, currency, onChange, onRemove }: PrizeRowProps) {
  const name = (field: keyof PrizeForm) => `prizes.${row.key}.${field}`;
  const isMoney = row.kind === "credit" || row.kind === "amount_off" || row.kind === "cash";
  return (
    <fieldset
      className={cx(
        "grid grid-cols-[1fr_1fr_auto] items-end gap-3 rounded-control border border-line p-3",
        "sm:grid-cols-[5rem_5rem_1fr_1fr_auto]",
      )}
    >
      <legend className="sr-only">Prize</legend>
      <Field name={name("fromRank")} label="From rank">
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={row.fromRank}
          onChange={({ target }) => onChange(row.key, { fromRank: target.value })}
        />
      </Field>
      <Field name={name("toRank")} label="To rank">
        <Input
          inputMode="numeric"
          autoComplete="off"
          value={row.toRank}
          onChange={({ target }) => onChange(row.key, { toRank: target.value })}
        />
      </Field>
      <Field name={name("kind")} label="Prize" className="max-sm:order-1 max-sm:col-span-3">
        <Select
          value={row.kind}
          onChange={({ target }) => onChange(row.key, { kind: target.value as PrizeKind })}
          options={PRIZES}
        />
      </Field>
      {row.kind === "gift" ? (
        <Field name={name("title")} label="Gift" className="max-sm:order-2 max-sm:col-span-3">
          <Input maxLength={120} autoComplete="off" defaultValue={row.title} />
        </Field>
      ) : (
        <Field name={name("amount")} label="Amount" className="max-sm:order-2 max-sm:col-span-3">
          {isMoney ? (
            <MoneyInput currency={currency} defaultValue={row.amount} />
          ) : (
            <Input
              inputMode="decimal"
              autoComplete="off"
              suffix={row.kind === "percent_off" ? "%" : "points"}
              defaultValue={row.amount}
            />
          )}
        </Field>
      )}
      <IconButton type="button" label="Remove prize" variant="quiet" onClick={onRemove}>
        <Trash2 aria-hidden="true" />
      </IconButton>
      {row.kind === "gift" || row.kind === "percent_off" ? (
        <Field
          name={name("unitCost")}
          label="Estimated cost per unit"
          optional
          className="col-span-3 max-sm:order-3 sm:col-span-5 sm:max-w-56"
        >
          <MoneyInput currency={currency} defaultValue={row.unitCost} />
        </Field>
      ) : null}
    </fieldset>
  );
}

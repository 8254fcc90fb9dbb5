"use client";

import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { FixedWorthFields } from "@/components/terms/fixed-worth-fields";
import type { TermsShop } from "@/components/terms/terms-shop";
import { TermsShopContext } from "@/components/terms/terms-shop-context";
import { Button, IconButton } from "@/components/ui/controls/button";
import { Field } from "@/components/ui/controls/field";
import { Input } from "@/components/ui/controls/input";
import { cx } from "@/components/ui/cx";
import { PRIZE_KINDS, type PrizeForm } from "@/lib/loyalty/leaderboards/schema/leaderboard-form";
import { emptyKindForm } from "@/lib/terms/form";
import { BENEFITS } from "@/lib/terms/kinds/benefits";
import { FormPart } from "../form-part";

type Row = PrizeForm & { key: number };

/** The prizes of a season, rank by rank. */
export function PrizeFields({ values, shop }: { values: readonly PrizeForm[]; shop: TermsShop }) {
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
        benefit: emptyKindForm("points", BENEFITS),
        calculator: { amount: "" },
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
      <TermsShopContext value={shop}>
        {rows.map((row) => (
          <PrizeRow
            key={row.key}
            row={row}
            onChange={change}
            onRemove={() => setRows(rows.filter(({ key }) => key !== row.key))}
          />
        ))}
      </TermsShopContext>
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
  onChange: (key: number, part: Partial<Row>) => void;
  onRemove: () => void;
};

function PrizeRow({ row, onChange, onRemove }: PrizeRowProps) {
  const name = (place: string) => `prizes.${row.key}.${place}`;
  return (
    <fieldset
      className={cx(
        "grid grid-cols-[1fr_1fr_auto] items-end gap-3 rounded-control border border-line p-3",
        "sm:grid-cols-[6rem_6rem_1fr]",
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
      <IconButton
        type="button"
        label="Remove prize"
        variant="quiet"
        className="justify-self-end"
        onClick={onRemove}
      >
        <Trash2 aria-hidden="true" />
      </IconButton>
      <div className="col-span-full grid gap-3 sm:grid-cols-2">
        <FixedWorthFields
          benefit={row.benefit}
          amount={row.calculator.amount}
          kinds={PRIZE_KINDS}
          label="Prize"
          nameOf={name}
          without={["codes"]}
          onChange={({ benefit, amount }) =>
            onChange(row.key, {
              benefit: benefit as PrizeForm["benefit"],
              calculator: { amount },
            })
          }
        />
      </div>
    </fieldset>
  );
}

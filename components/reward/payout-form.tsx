"use client";

import { type ReactNode, useState } from "react";
import type { FormAction } from "@/lib/core/action-result";
import type { Asset } from "@/lib/core/money";
import { ActionForm } from "../forms/action-form";
import { SubmitButton } from "../forms/submit-button";
import { Checkbox } from "@/components/ui/controls/choice";
import { moneyText } from "../ui/format";
import { cx } from "@/components/ui/cx";
import { Table } from "@/components/ui/content/table";

/** Somebody who is owed money, with the texts that the page made. */
type PayoutCandidate = {
  customerId: string;
  name: string;
  who: ReactNode;
  destination: ReactNode;
  rewards: number;
  minor: string;
  amount: ReactNode;
  since: ReactNode;
};

type PayoutFormProps = {
  action: FormAction<never>;
  asset: Asset;
  people: PayoutCandidate[];
  /** The filter that chose them; the payout is made of it. */
  filter: Record<string, string>;
  /** Whether there are more people than are shown. */
  hasMore: boolean;
};

/** Chooses whom to pay: all that the filter found, less those who are deselected. */
export function PayoutForm({ action, asset, people, filter, hasMore }: PayoutFormProps) {
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const included = people.filter(({ customerId }) => !without.has(customerId));
  const total = included.reduce((sum, { minor }) => sum + BigInt(minor), 0n);
  const change = (ids: readonly string[], on: boolean) =>
    setWithout((before) => {
      const after = new Set(before);
      for (const id of ids)
        if (on) after.delete(id);
        else after.add(id);
      return after;
    });
  return (
    <ActionForm action={action} className="gap-0!">
      {Object.entries(filter).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {[...without].map((id) => (
        <input key={id} type="hidden" name="without[]" value={id} />
      ))}
      <div
        className={cx(
          "flex min-h-14 flex-wrap items-center justify-between gap-x-4 gap-y-2",
          "border-b border-line px-5 py-2",
        )}
      >
        <Checkbox
          label={
            <span className="figure">
              {without.size === 0
                ? `All ${people.length} selected`
                : `${included.length} of ${people.length} selected`}
              :{" "}
              <strong className="font-semibold" aria-live="polite">
                {moneyText({ minor: total, asset }, "en")}
              </strong>
            </span>
          }
          checked={without.size === 0}
          onChange={(event) =>
            change(
              people.map(({ customerId }) => customerId),
              event.currentTarget.checked,
            )
          }
        />
        <SubmitButton disabled={included.length === 0 && !hasMore}>
          {included.length === 1 && !hasMore
            ? "Prepare payout for 1 person"
            : `Prepare payout for ${included.length}${hasMore ? " and more" : ""} people`}
        </SubmitButton>
      </div>
      <CandidateTable people={people} without={without} onChange={change} />
    </ActionForm>
  );
}

type CandidateTableProps = {
  people: PayoutCandidate[];
  without: ReadonlySet<string>;
  onChange: (ids: readonly string[], on: boolean) => void;
};

function CandidateTable({ people, without, onChange }: CandidateTableProps) {
  return (
    <Table
      caption="People waiting to be paid"
      rows={people}
      rowKey={(row) => row.customerId}
      columns={[
        {
          key: "tick",
          header: <span className="sr-only">Pay</span>,
          width: "3rem",
          cell: (row) => (
            <Checkbox
              label={
                <span className="sm:sr-only">
                  Pay<span className="sr-only"> {row.name}</span>
                </span>
              }
              checked={!without.has(row.customerId)}
              onChange={(event) => onChange([row.customerId], event.currentTarget.checked)}
            />
          ),
        },
        { key: "who", header: "Customer", primary: true, cell: (row) => row.who },
        { key: "destination", header: "Goes to", cell: (row) => row.destination },
        { key: "since", header: "Waiting since", cell: (row) => row.since },
        { key: "rewards", header: "Rewards", numeric: true, cell: (row) => row.rewards },
        { key: "amount", header: "Amount", numeric: true, cell: (row) => row.amount },
      ]}
    />
  );
}
